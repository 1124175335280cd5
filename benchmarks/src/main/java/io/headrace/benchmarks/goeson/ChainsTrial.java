package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.Link;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Readable;
import java.util.Objects;

/**
 * Jobs that each complete with one that follows, in worker processes that are killed: a job that is completed has one follower,
 * and one that is not has none.
 */
record ChainsTrial() implements GoesOnTrial {

    /** Each job, whether it is completed, and how many follow it. */
    private static final String CHAINS = """
            WITH done AS (
                SELECT generate_series(lower(r), upper(r) - 1) AS job FROM headrace.completed, unnest(jobs) AS r
            ), child AS (
                SELECT (payload ->> 'parent')::bigint AS parent, count(*) AS children
                FROM headrace.job WHERE kind = 'child' GROUP BY 1
            ), chain AS (
                SELECT p.id, d.job IS NOT NULL AS completed, coalesce(c.children, 0) AS children
                FROM headrace.job p LEFT JOIN done d ON d.job = p.id LEFT JOIN child c ON c.parent = p.id
                WHERE p.kind = 'parent'
            )
            SELECT count(*) AS chains, count(*) FILTER (WHERE completed <> (children > 0)) AS broken,
                   count(*) FILTER (WHERE children > 1) AS doubled
            FROM chain""";

    private record Count(long chains, long broken, long doubled) {}

    @Override
    public String name() {
        return "chains";
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        int jobs = settings.killed();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            int faults = new Ordeal(trial, Duty.CHAINS, 2, false).run(jobs, nr -> Link.PARENT.job(new Link(0)));
            Count count = count(trial.database().sql());
            if (count.chains != jobs || count.broken > 0 || count.doubled > 0) {
                throw new IllegalStateException("of " + jobs + " chains, there are " + count);
            }
            measured.add("chains_killed_workers", faults, "workers");
            measured.add("broken_chains", (double) count.broken, "chains");
            measured.add("doubled_chains", (double) count.doubled, "chains");
        }
    }

    private static Count count(Sql sql) {
        return sql.rows(CHAINS, row -> new Count(number(row, "chains"), number(row, "broken"), number(row, "doubled")))
                .get(0);
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}
