package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.Recorded;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.Sql;

/**
 * Jobs with three steps in worker processes that are killed: no handler that begins when a step is on record runs it again, and
 * the job ends with what is on record.
 */
record RecordedTrial() implements GoesOnTrial {

    /** Runs in a handler that began after the step had been recorded. */
    private static final String REPEATED = """
            SELECT count(*) FROM headrace.step s JOIN step_run r ON r.job = s.job AND r.name = s.name
            WHERE r.began > s.at""";

    /** Jobs without a run on record for each of their steps, and jobs whose result is not what is on record. */
    private static final String WRONG = """
            WITH recorded AS (
                SELECT s.job, count(*) AS steps, count(r.run) AS runs, jsonb_agg(s.value::jsonb ORDER BY s.at) AS values
                FROM headrace.step s
                LEFT JOIN step_run r ON r.job = s.job AND r.name = s.name AND r.run = s.value #>> '{}'
                GROUP BY s.job
            )
            SELECT count(*) FROM headrace.job j
            LEFT JOIN recorded s ON s.job = j.id LEFT JOIN headrace.result o ON o.job = j.id
            WHERE (s.steps = 3 AND s.runs = 3 AND s.values = o.value) IS NOT TRUE""";

    /** Runs that are not on record: the worker was killed first. */
    private static final String UNRECORDED =
            "SELECT (SELECT count(*) FROM step_run) - (SELECT count(*) FROM headrace.step)";

    /** Jobs whose steps are on record from more than one attempt. */
    private static final String RESUMED = """
            SELECT count(*) FROM (
                SELECT s.job FROM headrace.step s
                JOIN step_run r ON r.job = s.job AND r.name = s.name AND r.run = s.value #>> '{}'
                GROUP BY s.job HAVING count(DISTINCT r.began) > 1) AS resumed""";

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        int jobs = Math.max(1, settings.killed() / 2);
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Sql sql = trial.database().sql();
            sql.run(Recorded.JOURNAL);
            int faults = new Ordeal(trial, Duty.STEPS, 1, false).run(jobs, nr -> Recorded.TYPE.job(new Recorded(nr)));
            long repeated = sql.number(REPEATED);
            long wrong = sql.number(WRONG);
            if (repeated > 0 || wrong > 0) {
                throw new IllegalStateException("of " + jobs + " jobs, " + wrong + " are not as recorded, and "
                        + repeated + " recorded steps ran again");
            }
            measured.add("steps_killed_workers", faults, "workers");
            measured.add("steps_resumed_jobs", (double) sql.number(RESUMED), "jobs");
            measured.add("unrecorded_runs", (double) sql.number(UNRECORDED), "steps");
            measured.add("repeated_steps", (double) repeated, "steps");
        }
    }
}
