package io.headrace.benchmarks.idle;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.Objects;

/**
 * The counters at one moment.
 *
 * @param nanos of {@link System#nanoTime()}
 * @param transactions ended in the database
 * @param wal written by the whole server, in bytes
 * @param jvm the CPU that the process with the engines has used
 */
record Reading(long nanos, long transactions, long wal, Duration jvm, ServerCpu server) {

    private static final double NANOS_A_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final String COUNTERS = "SELECT xact_commit + xact_rollback AS transactions,"
            + " (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS wal"
            + " FROM pg_stat_database WHERE datname = '%s'";

    /** From outside the database, so that looking does not count. */
    static Reading of(FreshDatabase database, IdleJvm jvm) {
        Sql outside = database.outside();
        ServerCpu server = ServerCpu.of(database, outside);
        return outside.rows(
                        COUNTERS.formatted(database.name()),
                        row -> new Reading(
                                System.nanoTime(),
                                Objects.requireNonNull(row.get("transactions", Long.class)),
                                Objects.requireNonNull(row.get("wal", Long.class)),
                                jvm.cpu(),
                                server))
                .get(0);
    }

    /**
     * What came since, for each minute.
     *
     * @param engines whose part is one each
     */
    void addTo(Measurements measured, Reading before, String name, int engines) {
        double shares = (nanos - before.nanos) / NANOS_A_MINUTE * engines;
        measured.add(
                name + "_transactions_per_minute", (transactions - before.transactions) / shares, "transactions/min");
        measured.add(name + "_wal_bytes_per_minute", (wal - before.wal) / shares, "bytes/min");
        measured.add(name + "_cpu_s_per_minute", jvm.minus(before.jvm).toNanos() / 1e9 / shares, "s/min");
        server.secondsSince(before.server)
                .ifPresent(used -> measured.add(name + "_server_cpu_s_per_minute", used / shares, "s/min"));
    }
}
