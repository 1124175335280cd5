package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Readable;
import java.util.Objects;

/** What the engine's tables say of the fires, asked while engines run. Blocks; thread-safe. */
record FireTable(Sql sql) {

    private static final String STATE = " FROM " + ScheduleDatabase.SCHEMA + ".schedule_state";

    /** Fires that are to be recorded at their instant: no jitter, and none that waited. In milliseconds. */
    private static final String LAG = "SELECT extract(epoch FROM f.fired_at - f.at)::float8 * 1000 AS lag FROM "
            + ScheduleDatabase.SCHEMA + ".fire f JOIN " + ScheduleDatabase.SCHEMA
            + ".schedule d ON d.name = f.schedule WHERE d.jitter_ms = 0 AND d.overlap = 'ALLOW'";

    private static final double MILLIS = 1_000;

    /** The database's clock. */
    String now() {
        return sql.text("SELECT clock_timestamp()::text");
    }

    /** How many there are on record. */
    long fires() {
        return sql.number("SELECT coalesce(sum(fires), 0)::bigint" + STATE);
    }

    /** How many schedules have fired. */
    long haveFired() {
        return sql.number("SELECT count(*)" + STATE + " WHERE fires > 0");
    }

    /** How many schedules have not fired for an instant after a moment. */
    long haveNotFiredSince(String moment) {
        return sql.number("SELECT count(*)" + STATE + " WHERE last_at <= '" + moment + "'");
    }

    /** By how many seconds the latest of the fires that were recorded after a moment was late. */
    double longestLag(String moment) {
        return sql.rows(
                                "SELECT coalesce(max(lag), 0) AS lag FROM (" + LAG + " AND f.fired_at > '" + moment
                                        + "') AS l",
                                row -> number(row, "lag"))
                        .get(0)
                / MILLIS;
    }

    /** How late fires were decided after a moment, by the database's clock: when the statement that records them began. */
    void addLags(TrialLog log, String name, String moment) {
        log.measure(name + "_p50_ms", percentile("0.5", moment), "ms");
        log.measure(name + "_p99_ms", percentile("0.99", moment), "ms");
        log.measure(name + "_max_ms", percentile("1", moment), "ms");
    }

    private double percentile(String fraction, String moment) {
        return sql.rows(
                        "SELECT percentile_cont(" + fraction + ") WITHIN GROUP (ORDER BY lag) AS lag FROM (" + LAG
                                + " AND f.fired_at > '" + moment + "') AS l",
                        row -> number(row, "lag"))
                .get(0);
    }

    private static double number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Double.class));
    }
}
