package io.headrace.benchmarks.soak;

import io.headrace.benchmarks.server.Sql;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How things are at one moment.
 *
 * @param bytes of each table with its indexes and what lies beside it
 * @param deadTuples of all tables, as the server estimates them
 */
record Sample(double seconds, long enqueued, long handled, long heapBytes, Map<String, Long> bytes, long deadTuples) {

    private static final String TABLES =
            "SELECT relname::text AS name, pg_total_relation_size(relid) AS bytes, n_dead_tup AS dead"
                    + " FROM pg_stat_user_tables WHERE schemaname = 'headrace'";

    private record TableFacts(String name, long bytes, long dead) {}

    static Sample take(double seconds, long enqueued, long handled, Sql sql) {
        var tables = sql.rows(
                TABLES,
                row -> new TableFacts(
                        Objects.requireNonNull(row.get("name", String.class)),
                        Objects.requireNonNull(row.get("bytes", Long.class)),
                        Objects.requireNonNull(row.get("dead", Long.class))));
        return new Sample(
                seconds,
                enqueued,
                handled,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                tables.stream().collect(Collectors.toMap(TableFacts::name, TableFacts::bytes)),
                tables.stream().mapToLong(TableFacts::dead).sum());
    }

    long bytes(String table) {
        return bytes.getOrDefault(table, 0L);
    }

    /** Handled a second since an earlier sample. */
    double rateSince(Sample earlier) {
        return (handled - earlier.handled) / (seconds - earlier.seconds);
    }
}
