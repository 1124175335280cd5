package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.List;

/**
 * All that faults are inflicted on.
 *
 * @param expiry after which silence a worker loses its leases
 */
public record Mill(
        Site site,
        Crew crew,
        Proxy proxy,
        Producer producer,
        Ledger ledger,
        Duration expiry,
        Measurements measurements) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Longer than a worker may be silent, so that it has lost its leases. */
    public Duration tooLong() {
        return expiry.multipliedBy(2);
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
