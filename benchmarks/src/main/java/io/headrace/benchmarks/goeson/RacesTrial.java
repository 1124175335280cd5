package io.headrace.benchmarks.goeson;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Jobs that wait until a timeout, and a client with connections of its own that sends the signal of each about then: either the
 * signal or the timeout has the job.
 */
record RacesTrial() implements GoesOnTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** In how many nanoseconds, in the order of the jobs' numbers. */
    private static final String TIMEOUTS = "SELECT (extract(epoch FROM until - clock_timestamp()) * 1e9)::bigint"
            + " FROM headrace.awaited ORDER BY substr(key, length('" + Race.KEY + "') + 1)::integer";

    private static final String TOLD = "SELECT count(*) FROM headrace.awaited WHERE outcome IS NOT NULL";

    private static final String SIGNALLED = "SELECT count(*) FROM headrace.awaited WHERE outcome = 'SIGNALLED'";
    private static final String WAITING = "SELECT count(*) FROM headrace.awaited";

    @Override
    public String name() {
        return "races";
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        int jobs = settings.raced();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Race race = Race.of(jobs);
            JobEngine engine =
                    trial.contender().engine(JobHandler.of(Payload.TYPE, race::handle), List.of(JobType.DEFAULT_QUEUE));
            engine.start().block(PATIENCE);
            trial.contender().enqueueBulk(jobs);
            Sql sql = trial.database().sql();
            Waiting.require("all jobs wait", PATIENCE, () -> sql.number(WAITING) == jobs);
            PostgresJobStore other = PostgresJobStore.create(
                    ConnectionFactories.get(trial.database().options()));
            long now = System.nanoTime();
            List<Long> timeouts = sql.rows(TIMEOUTS, row -> now + Objects.requireNonNull(row.get(0, Long.class)));
            race.signals(JobClient.create(other), timeouts).block(PATIENCE);
            race.done().await(PATIENCE);
            engine.stop().then(other.close()).block(PATIENCE);
            trial.contender().audit();

            long undecided = race.undecided();
            if (undecided > 0 || sql.number(TOLD) != jobs || sql.number(SIGNALLED) != race.signalled()) {
                throw new IllegalStateException(undecided + " of " + jobs + " jobs had both a signal and a timeout or"
                        + " neither; " + race.signalled() + " saw their signal, and " + sql.number(SIGNALLED) + " of "
                        + sql.number(TOLD) + " have one on record");
            }
            measured.add("races_undecided", (double) undecided, "jobs");
            measured.add("races_won_by_signal", (double) race.signalled() / jobs, "of all");
        }
    }
}
