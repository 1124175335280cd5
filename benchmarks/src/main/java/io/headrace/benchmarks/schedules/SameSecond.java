package io.headrace.benchmarks.schedules;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many fires of one instant.
 *
 * @param seconds from the instant until a look, every 50 ms, saw all of them committed; by the database's clock
 * @param transactions in which they were recorded, a statement each
 * @param sets pending sets that came of it and have not been claimed
 * @param walBytes for each of them
 */
record SameSecond(double seconds, long transactions, long sets, double walBytes) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String WAL = "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";

    /** Blocks until all are on record. */
    static SameSecond await(ScheduleDatabase database, Instant at, int fires, Duration patience) {
        String from = ScheduleDatabase.SCHEMA + ".fire WHERE fired_at >= '" + at + "'";
        String look = "SELECT count(*) AS fires, extract(epoch FROM clock_timestamp() - '" + at
                + "'::timestamptz)::float8 AS seconds FROM " + from;
        long wal = database.sql().number(WAL);
        Connection connection = database.sql().open();
        double seconds = Objects.requireNonNull(Flux.interval(LOOK_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.from(connection.createStatement(look).execute())
                        .flatMapMany(result -> result.map(row -> secondsIfAll(row, fires))))
                .filter(found -> found >= 0)
                .blockFirst(patience));
        Mono.from(connection.close()).block();
        return new SameSecond(
                seconds,
                database.sql().number("SELECT count(DISTINCT fired_at) FROM " + from),
                database.sql()
                        .number("SELECT count(*) FROM " + ScheduleDatabase.SCHEMA + ".pending WHERE run_at >= '" + at
                                + "'"),
                (double) (database.sql().number(WAL) - wal) / fires);
    }

    private static double secondsIfAll(Readable row, int fires) {
        boolean all = Objects.requireNonNull(row.get("fires", Long.class)) >= fires;
        return all ? Objects.requireNonNull(row.get("seconds", Double.class)) : -1;
    }

    /** @param withDetails also what does not depend on how fast it is */
    void addTo(TrialLog log, String name, boolean withDetails) {
        log.measure(name + "_fired_s", seconds, "s");
        if (withDetails) {
            log.count(name + "_fire_statements", transactions, "statements");
            log.count(name + "_pending_sets", sets, "sets");
            log.measure("wal_bytes_per_fire", walBytes, "bytes");
        }
    }
}
