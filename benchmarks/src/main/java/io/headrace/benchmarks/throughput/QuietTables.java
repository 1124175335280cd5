package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Sql;

/** Switches autovacuum off for all tables of a database, so that only the work that is counted writes WAL. */
public final class QuietTables {

    private static final String CHANGES =
            "SELECT format('ALTER TABLE %I.%I SET (autovacuum_enabled = false)', t.schemaname, t.relname) AS change"
                    + " FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid AND c.relkind = 'r'";

    private QuietTables() {}

    /** The tables that are there now. */
    public static void in(FreshDatabase database) {
        Sql sql = database.sql();
        sql.run(sql.rows(CHANGES, row -> String.valueOf(row.get("change", String.class)))
                .toArray(String[]::new));
    }
}
