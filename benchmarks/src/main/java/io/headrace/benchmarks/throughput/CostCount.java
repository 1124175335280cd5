package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.server.FreshDatabase;

/** Counts what a job costs the server over its whole life, while nothing else writes there. */
final class CostCount {

    private static final int FIRST_JOBS = 2_000;
    private static final int TRIES = 3;

    private final Bench bench;
    private final int jobs;

    CostCount(Bench bench, int jobs) {
        this.bench = bench;
        this.jobs = jobs;
    }

    /** Jobs that are enqueued in bulk. */
    Cost inBulk() throws Exception {
        return withoutCheckpoint(database -> {
            try (HeadraceContender headrace = open(database)) {
                headrace.enqueueBulk(jobs);
                headrace.drain(jobs);
            }
        });
    }

    /** Jobs that are enqueued one by one. */
    Cost oneByOne() throws Exception {
        return withoutCheckpoint(database -> {
            try (HeadraceContender headrace = open(database)) {
                headrace.enqueueOneByOne(jobs);
                headrace.drain(jobs);
            }
        });
    }

    private interface Life {
        void live(FreshDatabase database) throws Exception;
    }

    /** A checkpoint in the window would add whole pages to the WAL: then it is done again. */
    private Cost withoutCheckpoint(Life life) throws Exception {
        for (int tries = 1; ; tries++) {
            try (FreshDatabase database = bench.database()) {
                letNothingElseWrite(database);
                Cost.Reading before = Cost.Reading.of(database);
                life.live(database);
                Cost.Reading after = Cost.Reading.of(database);
                if (tries == TRIES || !after.isPastACheckpoint(before)) {
                    return after.since(before, jobs);
                }
            }
        }
    }

    /** Also lets some jobs live: the first writes to a page and the first parse of a statement cost more than the rest. */
    private void letNothingElseWrite(FreshDatabase database) throws Exception {
        try (HeadraceContender headrace = open(database)) {
            QuietTables.in(database);
            headrace.enqueueBulk(FIRST_JOBS);
            headrace.drain(FIRST_JOBS);
        }
    }

    private HeadraceContender open(FreshDatabase database) {
        HeadraceContender headrace = new HeadraceContender();
        headrace.open(bench.contenderSettings(database));
        return headrace;
    }
}
