package io.headrace.benchmarks.goeson;

import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.throughput.Cost;
import io.headrace.benchmarks.throughput.QuietTables;
import java.util.List;
import java.util.function.Function;

/** Enqueues jobs in bulk, drains them, and counts what they cost the server, while nothing else writes there. */
record CountedDrain(Bench bench, Function<Countdown, JobHandler<Payload>> handler) {

    /** The first writes to a page and the first parse of a statement cost more than the rest. */
    private static final int FIRST_JOBS = 1_000;

    private static final int TRIES = 3;

    /**
     * What was seen.
     *
     * @param jobsPerSecond of the drain
     * @param cost of a job, its enqueueing included
     */
    record Drained(double jobsPerSecond, Cost cost) {}

    /** In an empty database; again if a checkpoint began meanwhile, which adds whole pages to the WAL. */
    Drained measure() throws Exception {
        int jobs = bench.settings().jobs();
        for (int tries = 1; ; tries++) {
            try (FreshDatabase database = bench.database()) {
                var unused = live(database, Math.min(FIRST_JOBS, jobs));
                QuietTables.in(database);
                Cost.Reading before = Cost.Reading.of(database);
                double rate = live(database, jobs);
                Cost.Reading after = Cost.Reading.of(database);
                audit(database);
                if (tries == TRIES || !after.isPastACheckpoint(before)) {
                    return new Drained(rate, after.since(before, jobs));
                }
            }
        }
    }

    private double live(FreshDatabase database, int jobs) throws Exception {
        try (HeadraceContender headrace = open(database)) {
            headrace.enqueueBulk(jobs);
            Countdown done = new Countdown(jobs);
            return Trial.rate(jobs, () -> headrace.run(handler.apply(done), List.of(JobType.DEFAULT_QUEUE), done));
        }
    }

    private void audit(FreshDatabase database) {
        try (HeadraceContender headrace = open(database)) {
            headrace.audit();
        }
    }

    private HeadraceContender open(FreshDatabase database) {
        HeadraceContender headrace = new HeadraceContender();
        headrace.open(bench.contenderSettings(database));
        return headrace;
    }
}
