package io.headrace.benchmarks.features;

import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.throughput.Allocation;
import io.headrace.benchmarks.throughput.Cost;
import io.headrace.benchmarks.throughput.QuietTables;

/** Jobs of one feature, from the first enqueue to the last outcome. */
record Life(Feature feature, int jobs) {

    /** The first writes to a page and the first parse of a statement cost more than the rest. */
    private static final int FIRST_JOBS = 500;

    private static final int TRIES = 3;

    /**
     * What a life took.
     *
     * @param jobsPerSecond without the wait until they were due
     * @param allocatedBytes by this JVM, for each job
     */
    record Taken(double jobsPerSecond, double allocatedBytes, Cost cost) {}

    private record Timing(double seconds, long allocatedBytes) {}

    /** Lets the jobs live in an empty database; again if a checkpoint began meanwhile, which adds whole pages to the WAL. */
    Taken measure(Bench bench) throws Exception {
        for (int tries = 1; ; tries++) {
            try (FreshDatabase database = bench.database()) {
                Numbers numbers = begin(bench, database);
                Cost.Reading before = Cost.Reading.of(database);
                Timing timing = time(bench, database, numbers);
                Cost.Reading after = Cost.Reading.of(database);
                audit(bench, database);
                if (tries == TRIES || !after.isPastACheckpoint(before)) {
                    return new Taken(
                            jobs / timing.seconds, (double) timing.allocatedBytes / jobs, after.since(before, jobs));
                }
            }
        }
    }

    /** Lets a few jobs live, and prepares those that are measured. */
    private Numbers begin(Bench bench, FreshDatabase database) throws Exception {
        Numbers few = new Numbers(0, Math.min(FIRST_JOBS, jobs));
        Numbers measured = new Numbers(few.count(), jobs);
        try (Place place = Place.open(database, bench.contenderSettings(database), feature)) {
            QuietTables.in(database);
            place.live(few);
            feature.prepare(place, measured);
        }
        return measured;
    }

    private Timing time(Bench bench, FreshDatabase database, Numbers numbers) throws Exception {
        try (Place place = Place.open(database, bench.contenderSettings(database), feature)) {
            Allocation allocation = Allocation.begin();
            long began = System.nanoTime();
            feature.enqueue(place, numbers);
            double enqueue = Waiting.secondsSince(began);
            Waiting.pass(feature.due());
            long due = System.nanoTime();
            feature.drain(place, numbers.count());
            return new Timing(enqueue + Waiting.secondsSince(due), allocation.bytes());
        }
    }

    private void audit(Bench bench, FreshDatabase database) {
        try (Place place = Place.open(database, bench.contenderSettings(database), feature)) {
            place.headrace().audit();
        }
    }
}
