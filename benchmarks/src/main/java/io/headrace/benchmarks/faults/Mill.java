package io.headrace.benchmarks.faults;

import io.headrace.JobClient;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.List;

/**
 * All that faults are inflicted on.
 *
 * @param timing the engines'
 */
public record Mill(
        Site site,
        Crew crew,
        Proxy proxy,
        Producer producer,
        Ledger ledger,
        WorkerSettings.Timing timing,
        Notes notes) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A client, connected to whichever server is the primary. */
    public JobClient client() {
        return producer.client();
    }

    /** Longer than a worker may be silent, so that it has lost its leases. */
    public Duration tooLong() {
        return timing.expiry().multipliedBy(2);
    }

    /** Waits until a worker has run a job. */
    public void awaitRun(WorkerJvm worker) {
        List<Long> pid = List.of(worker.pid());
        Waiting.require(
                "worker " + pid + " runs a job",
                PATIENCE,
                () -> !ledger.ranSince("-infinity", pid).isEmpty());
    }
}
