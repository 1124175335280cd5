package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What became of every instant of a fleet, counted from the tables one by one. It asks neither the engine nor its timetables:
 * the fires of a schedule are a second apart, from its creation until the instant that is due next.
 *
 * @param lines a schedule each
 * @param repeated jobs beyond the first of their schedule and instant, as their headers say
 * @param astray fires that were enqueued and whose job is not there or names another
 * @param unrecorded instants with a job whose fire does not say so
 * @param problems what is wrong, in words
 */
record FireCensus(List<FireLine> lines, long repeated, long astray, long unrecorded, List<String> problems) {

    private static final int EXAMPLES = 5;

    /** A tombstone may be all that is left of a job. */
    private static final String JOBS = """
            WITH found AS MATERIALIZED (
                SELECT id, headers ->> 'headrace.schedule' AS schedule, (headers ->> 'headrace.fire')::timestamptz AS at
                FROM (SELECT id, headers FROM %1$s.job UNION SELECT job, headers FROM %1$s.tombstone) AS j
            ), counted AS MATERIALIZED (
                SELECT schedule, at, count(*) AS jobs FROM found GROUP BY schedule, at
            )
            SELECT (SELECT coalesce(sum(jobs - 1), 0) FROM counted)::bigint AS repeated,
                   (SELECT count(*) FROM %1$s.fire f
                    LEFT JOIN found j ON j.id = f.job AND j.schedule = f.schedule AND j.at = f.at
                    WHERE f.outcome = 'ENQUEUED' AND j.id IS NULL) AS astray,
                   (SELECT count(*) FROM counted c LEFT JOIN %1$s.fire f ON f.schedule = c.schedule AND f.at = c.at
                    WHERE (f.outcome = 'ENQUEUED') IS NOT TRUE) AS unrecorded
            """;

    /** Reads all of it; nothing may fire meanwhile. */
    static FireCensus take(Sql sql, Fleet fleet) {
        List<FireLine> lines = FireLine.all(sql);
        List<Long> jobs = sql.rows(
                        JOBS.formatted(ScheduleDatabase.SCHEMA),
                        row -> List.of(number(row, "repeated"), number(row, "astray"), number(row, "unrecorded")))
                .get(0);
        return of(lines, jobs.get(0), jobs.get(1), jobs.get(2), fleet);
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    private static FireCensus of(List<FireLine> lines, long repeated, long astray, long unrecorded, Fleet fleet) {
        List<String> problems = new ArrayList<>();
        Map<String, Long> fractions = IntStream.range(0, fleet.size())
                .boxed()
                .collect(Collectors.toMap(Fleet::name, nr -> fleet.fraction(nr).toNanos() / 1_000));
        if (lines.size() != fleet.size()) {
            problems.add(lines.size() + " schedules are there of " + fleet.size());
        }
        for (FireLine line : lines) {
            problems.addAll(line.problems(Objects.requireNonNull(fractions.get(line.name()))));
        }
        if (repeated > 0) {
            problems.add(repeated + " jobs beyond the first of their schedule and instant");
        }
        if (astray > 0) {
            problems.add(astray + " fires were enqueued, and their job is not there or names another");
        }
        if (unrecorded > 0) {
            problems.add(unrecorded + " instants have a job, and their fire does not say so");
        }
        return new FireCensus(lines, repeated, astray, unrecorded, problems);
    }

    long fires() {
        return sum(FireLine::recorded);
    }

    /** Instants that are neither on record nor passed over, and those that are both. */
    long missed() {
        return sum(FireLine::missed);
    }

    long doubled() {
        return repeated + astray;
    }

    long sum(ToLongFunction<FireLine> what) {
        return lines.stream().mapToLong(what).sum();
    }

    void addTo(TrialLog log) {
        log.count("fires", fires(), "fires");
        log.count("missed", missed(), "instants");
        log.count("doubled", doubled(), "instants");
        log.count("passed_over", sum(FireLine::passedOver), "instants");
        log.count("fires_skipped", sum(FireLine::skipped), "fires");
        log.count("fires_waiting", sum(FireLine::waiting), "fires");
        log.count("fires_failed", sum(FireLine::failed), "fires");
        problems.stream().limit(EXAMPLES).forEach(log::find);
        if (problems.size() > EXAMPLES) {
            log.find("and " + (problems.size() - EXAMPLES) + " more of the kind");
        }
    }
}
