package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.faults.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is made of.
 *
 * @param jobs how many at least
 * @param jobsPerSecond at what pace
 * @param faults in their order
 * @param workers how many processes
 * @param timing the engines'
 * @param seed of all that is drawn
 * @param logs an existing folder that the workers log into
 */
public record FaultSettings(
        int jobs,
        int jobsPerSecond,
        List<Fault> faults,
        int workers,
        WorkerSettings.Timing timing,
        long seed,
        Path logs) {

    /** How long the run waits for something that may never come: a worker that is back, the level of before. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    public FaultSettings {
        faults = List.copyOf(faults);
    }
}
