package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.Row;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;

/**
 * Jobs that insert a row and complete in the same transaction, in worker processes that are killed and suspended: a job that is
 * completed has one row, and one that is not has none.
 */
record RowsTrial() implements GoesOnTrial {

    private static final String DISAGREEING = """
            WITH done AS (
                SELECT generate_series(lower(r), upper(r) - 1) AS job FROM headrace.completed, unnest(jobs) AS r
            ), inserted AS (
                SELECT job, count(*) AS rows FROM handled_row GROUP BY 1
            )
            SELECT count(*) FROM done d FULL JOIN inserted i ON i.job = d.job
            WHERE d.job IS NULL OR i.job IS NULL OR i.rows > 1""";

    private static final String ROWS = "SELECT count(*) FROM handled_row";

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        int jobs = Math.max(1, settings.killed() / 2);
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            trial.database().sql().run(Row.TABLE);
            int faults = new Ordeal(trial, Duty.ROWS, 1, true).run(jobs, nr -> Row.TYPE.job(new Row(nr)));
            long rows = trial.database().sql().number(ROWS);
            long disagreeing = trial.database().sql().number(DISAGREEING);
            if (rows != jobs || disagreeing > 0) {
                throw new IllegalStateException(
                        jobs + " jobs have " + rows + " rows, and " + disagreeing + " of them disagree with theirs");
            }
            measured.add("rows_faults", faults, "faults");
            measured.add("disagreeing_rows", (double) disagreeing, "rows");
        }
    }
}
