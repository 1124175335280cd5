package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the tables say of one schedule. Times are microseconds of the epoch.
 *
 * @param startAt when it was created
 * @param dueAt the instant that it says is due next
 * @param counted how many fires it says it has had
 * @param passedOver how many instants it says were passed over
 * @param recorded fires on record, of which so many are skipped, waiting, failed
 * @param outside fires of instants that are not between creation and the one that is due
 * @param forgotten fires that wait, which the schedule does not know
 * @param strayed fires of instants that are not full periods before the one that is due
 */
record FireLine(
        String name,
        long startAt,
        long dueAt,
        long counted,
        long passedOver,
        long recorded,
        long skipped,
        long waiting,
        long failed,
        long outside,
        long forgotten,
        long strayed) {

    private static final long PERIOD = Fleet.PERIOD.toNanos() / 1_000;

    private static final String ALL = """
            SELECT d.name, (extract(epoch FROM d.start_at) * 1000000)::bigint AS start_at,
                   (extract(epoch FROM s.due_at) * 1000000)::bigint AS due_at, s.fires AS counted, s.passed_over,
                   count(f.at) AS recorded,
                   count(f.at) FILTER (WHERE f.outcome = 'SKIPPED') AS skipped,
                   count(f.at) FILTER (WHERE f.outcome = 'WAITING') AS waiting,
                   count(f.at) FILTER (WHERE f.outcome = 'FAILED') AS failed,
                   count(f.at) FILTER (WHERE f.at <= d.start_at OR f.at >= s.due_at) AS outside,
                   count(f.at) FILTER (WHERE f.outcome = 'WAITING' AND f.at IS DISTINCT FROM s.waiting_at) AS forgotten,
                   count(f.at) FILTER (
                       WHERE (extract(epoch FROM s.due_at - f.at) * 1000000)::bigint %% %2$d <> 0) AS strayed
            FROM %1$s.schedule d
            JOIN %1$s.schedule_state s ON s.schedule = d.name
            LEFT JOIN %1$s.fire f ON f.schedule = d.name
            GROUP BY d.name, s.schedule, s.version
            ORDER BY d.name
            """;

    static List<FireLine> all(Sql sql) {
        return sql.rows(ALL.formatted(ScheduleDatabase.SCHEMA, PERIOD), FireLine::of);
    }

    private static FireLine of(Readable row) {
        return new FireLine(
                Objects.requireNonNull(row.get("name", String.class)),
                number(row, "start_at"),
                number(row, "due_at"),
                number(row, "counted"),
                number(row, "passed_over"),
                number(row, "recorded"),
                number(row, "skipped"),
                number(row, "waiting"),
                number(row, "failed"),
                number(row, "outside"),
                number(row, "forgotten"),
                number(row, "strayed"));
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    /** The instants of its timetable after its creation and before the one that is due. */
    long expected() {
        return -Math.floorDiv(startAt - dueAt, PERIOD) - 1;
    }

    /** Instants that nothing accounts for. One too many is as wrong as one too few. */
    long missed() {
        return Math.abs(expected() - recorded - passedOver) + outside + strayed;
    }

    /**
     * What is wrong with it; empty if nothing is.
     *
     * @param fraction by how many microseconds its instants are later than full seconds
     */
    List<String> problems(long fraction) {
        List<String> problems = new ArrayList<>();
        if (missed() > 0) {
            problems.add(name + " has " + recorded + " fires on record and " + passedOver + " instants passed over, of "
                    + expected() + ", " + outside + " and " + strayed + " of them at times that are not its own");
        }
        if (dueAt % PERIOD != fraction) {
            problems.add(name + " is due at a fraction of a second that is not its own");
        }
        if (counted != recorded) {
            problems.add(name + " counts " + counted + " fires and has " + recorded + " on record");
        }
        if (forgotten > 0) {
            problems.add(name + " does not know of " + forgotten + " fires that wait");
        }
        return problems;
    }
}
