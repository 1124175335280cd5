package io.headrace.postgres;

import java.sql.SQLException;

/** A copy of all that a schema holds, within its database. */
final class SchemaDump {

    private SchemaDump() {}

    /**
     * Takes down every row and where the sequences stand.
     *
     * @return puts all of it back, as restoring a dump does, whoever works on the schema meanwhile
     */
    static Runnable of(TestSchema schema) {
        String name = schema.name();
        String copy = name + "_dump";
        schema.execute("CREATE SCHEMA " + copy + "; DO $$ DECLARE t record; BEGIN"
                + " CREATE TABLE " + copy + ".\"sequences\" (name text, value bigint, called boolean);"
                + " FOR t IN SELECT relname, relkind FROM pg_class WHERE relnamespace = '" + name + "'::regnamespace"
                + " AND relkind IN ('r', 'p', 'S') AND NOT relispartition LOOP"
                + " IF t.relkind = 'S' THEN EXECUTE format('INSERT INTO " + copy + ".\"sequences\""
                + " SELECT %L, last_value, is_called FROM " + name + ".%I', t.relname, t.relname);"
                + " ELSE EXECUTE format('CREATE TABLE " + copy + ".%1$I AS TABLE " + name + ".%1$I', t.relname);"
                + " END IF; END LOOP; END $$");
        return () -> againIfDeadlocked(
                schema,
                "DO $$ DECLARE t record; BEGIN"
                        + " FOR t IN SELECT relname FROM pg_class WHERE relnamespace = '" + copy + "'::regnamespace"
                        + " AND relkind = 'r' AND relname <> 'sequences' LOOP"
                        + " EXECUTE format('TRUNCATE " + name + ".%1$I; INSERT INTO " + name
                        + ".%1$I OVERRIDING SYSTEM VALUE TABLE " + copy + ".%1$I', t.relname); END LOOP;"
                        + " PERFORM setval('" + name + ".' || s.name, s.value, s.called) FROM " + copy
                        + ".\"sequences\" s;"
                        + " END $$; DROP SCHEMA " + copy + " CASCADE");
    }

    /** What engines do meanwhile locks the tables in another order. */
    private static void againIfDeadlocked(TestSchema schema, String sql) {
        for (int attempt = 1; ; attempt++) {
            try {
                schema.execute(sql);
                return;
            } catch (IllegalStateException e) {
                if (attempt == 10
                        || !((SQLException) e.getCause()).getSQLState().equals("40P01")) {
                    throw e;
                }
            }
        }
    }
}
