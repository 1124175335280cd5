package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.faults.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is made of.
 *
 * @param faults in their order
 * @param timing the engines'
 * @param patience how long the run waits for something that may never come: a worker that is back, the level of before
 * @param seed of all that is drawn
 * @param logs an existing folder that the workers log into
 */
record FaultSettings(
        Load load, List<Fault> faults, WorkerSettings.Timing timing, Duration patience, long seed, Path logs) {

    FaultSettings {
        faults = List.copyOf(faults);
    }

    /**
     * What is there to do, and who does it.
     *
     * @param jobs how many at least
     * @param jobsPerSecond at what pace they are enqueued
     * @param workers how many processes
     */
    record Load(int jobs, int jobsPerSecond, int workers) {}
}
