package io.headrace.benchmarks.goeson;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.latency.Latencies;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Jobs that wait for signals in the queue from which others are claimed, and the same claims without them. */
record WaitingTrial() implements GoesOnTrial {

    /** Few at a time: a claim is short then, and what it has to pass by shows. */
    private static final int AT_A_TIME = 16;

    private static final int MOST_CLAIMED = 20_000;
    private static final double MEDIAN = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String WITHOUT = "clean_claim_ms";
    private static final String WITH = "waiting_claim_ms";

    /** The rows that {@code await.sql} would have written: $1 how many, $2 the queue, $3 the kind. */
    private static final String MAKE = """
            WITH waiting AS MATERIALIZED (
                SELECT block + nr %% 1024 AS id, nr, now() + interval '1 day' + nr * interval '1 microsecond' AS until
                FROM (SELECT headrace.next_block() AS block, part FROM generate_series(0, (%1$d - 1) / 1024) AS part) AS blocks,
                     generate_series(part * 1024, least(part * 1024 + 1023, %1$d - 1)) AS nr
            ), queued AS (
                INSERT INTO headrace.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
                SELECT '%2$s', '%3$s', 4, until, 0, 0, 1, int8multirange(int8range(id, id, '[]')) FROM waiting
            ), awaited AS (
                INSERT INTO headrace.awaited (job, key, since, until, queue, priority)
                SELECT id, 'key-' || nr, now(), until, '%2$s', 4 FROM waiting
            )
            INSERT INTO headrace.job (id, queue, kind, priority, payload)
            SELECT id, '%2$s', '%3$s', 4, '{"nr":1000000000,"fill":""}' FROM waiting""";

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        measured.add(WITHOUT, claimMillis(bench, 0), "ms");
        measured.add(WITH, claimMillis(bench, settings.waiting()), "ms");
        measured.addRatio("waiting_claim_over_clean", WITH, WITHOUT);
    }

    private static double claimMillis(Bench bench, int waiting) throws Exception {
        RunSettings given = bench.settings();
        int jobs = Math.min(given.jobs(), MOST_CLAIMED);
        Bench narrow = bench.with(new RunSettings(given.jobs(), given.payloadBytes(), AT_A_TIME, given.runs()));
        try (Trial<HeadraceContender> trial = narrow.trial(new HeadraceContender())) {
            Sql sql = new Sql(trial.database().options(), Map.of(), PATIENCE);
            if (waiting > 0) {
                sql.run(MAKE.formatted(waiting, JobType.DEFAULT_QUEUE, Payload.TYPE.kind()));
            }
            Backlog.in(trial.database(), given.payloadBytes()).oneByOne(jobs);
            sql.run("VACUUM (ANALYZE)", "CHECKPOINT");
            Countdown countdown = new Countdown(jobs);
            Claims claims = new Claims();
            JobEngine engine = trial.contender()
                    .builder(JobHandler.of(Payload.TYPE, job -> countdown.one()), List.of(JobType.DEFAULT_QUEUE))
                    .observer(claims)
                    .build();
            HeadraceContender.run(engine, countdown);
            trial.contender().audit();
            return Latencies.at(claims.taken(), MEDIAN);
        }
    }
}
