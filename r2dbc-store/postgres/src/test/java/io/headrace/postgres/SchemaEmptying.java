package io.headrace.postgres;

/**
 * Makes a schema as empty as a new one: undoes {@link TestSchema#passTime} and {@link TestSchema#withSegments}, deletes all rows,
 * and drops the tables that a test has added. Sequences go on.
 */
final class SchemaEmptying {

    /**
     * Changes with every table, index, constraint, trigger and function that is added, dropped or replaced, and with rights; and
     * with tables of more than 64 pages, which deleting rows does not shorten: some statements read a number of pages at most.
     */
    private static final String SHAPE = """
            SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
                SELECT concat_ws('/', oid, relname, relnatts, reloptions, coalesce(relacl,
                    acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
                    FROM pg_class WHERE relnamespace = '%s'::regnamespace
                UNION ALL SELECT concat_ws('/', oid, proname, prosrc, coalesce(proacl, acldefault('f', proowner)))
                    FROM pg_proc WHERE pronamespace = '%s'::regnamespace
                UNION ALL SELECT 'large' FROM pg_class
                    WHERE relnamespace = '%s'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 64 * 8192
                UNION ALL SELECT concat_ws('/', oid, conname) FROM pg_constraint WHERE connamespace = '%s'::regnamespace
                UNION ALL SELECT concat_ws('/', t.oid, t.tgname, t.tgenabled) FROM pg_trigger t
                    JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = '%s'::regnamespace) AS parts (part)""";

    private final TestSchema schema;
    private final String rows;
    private final String times;
    private final String shape;

    private SchemaEmptying(TestSchema schema, String rows, String times, String shape) {
        this.schema = schema;
        this.rows = rows;
        this.times = times;
        this.shape = shape;
    }

    /** Of one that is new; {@code times} undoes what makes time pass. */
    static SchemaEmptying of(TestSchema schema, String times) {
        String firstId = schema.text("SELECT pg_get_functiondef('%s.first_id(timestamptz)'::regprocedure)");
        String deletes =
                schema.text("SELECT string_agg('DELETE FROM ' || oid::regclass, '; ') FROM pg_class WHERE relkind = 'r'"
                        + " AND relnamespace = '%s'::regnamespace AND relname <> 'schema_version'");
        String segments = schema.text("SELECT format('INSERT INTO %s.segment"
                + " SELECT * FROM json_populate_recordset(NULL::%s.segment, %L)', json_agg(s)) FROM %s.segment s");
        String own =
                schema.text("SELECT string_agg(quote_literal(relname), ', ') FROM pg_class WHERE relkind IN ('r', 'p')"
                        + " AND relnamespace = '%s'::regnamespace");
        String drops = """
                DO $$ DECLARE leaf name; BEGIN
                    FOR leaf IN SELECT name FROM %1$s.segment WHERE ends_at < 'infinity'
                        UNION SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = '%1$s'::regnamespace
                            AND relname NOT IN (%2$s) LOOP
                        EXECUTE format('DROP TABLE IF EXISTS %1$s.%%I', leaf);
                    END LOOP;
                END $$""".formatted(schema.name(), own);
        return new SchemaEmptying(
                schema,
                String.join("; ", "RESET ROLE; RESET ALL", drops, deletes, segments),
                String.join("; ", "", firstId, times),
                schema.text(SHAPE));
    }

    /**
     * Says whether the schema is as good as new. It is not if a test has changed more than rows.
     *
     * @param timePassed whether functions of the schema were replaced by those of another time. Without need they are not
     *     replaced again: each statement that calls them would be planned anew
     */
    boolean empty(boolean timePassed) {
        schema.execute(timePassed ? rows + times : rows);
        return schema.text(SHAPE).equals(shape);
    }
}
