package io.headrace.benchmarks.faults;

import java.util.Optional;

/** How much a run is unless it is told otherwise. */
enum FaultForm {
    /** Every sort of fault, under a load of some minutes. */
    LONG(150_000, 350, 3, 32, Optional.empty()),
    /** The sorts that happen most, each once: what the build runs. */
    SHORT(
            3_000,
            150,
            2,
            7,
            Optional.of("worker-killed, worker-stopped, backends-terminated, connections-cut, connections-half-open,"
                    + " poison-taken, server-restarted"));

    private final int jobs;
    private final int jobsPerSecond;
    private final int workers;
    private final int faults;
    private final Optional<String> sorts;

    FaultForm(int jobs, int jobsPerSecond, int workers, int faults, Optional<String> sorts) {
        this.jobs = jobs;
        this.jobsPerSecond = jobsPerSecond;
        this.workers = workers;
        this.faults = faults;
        this.sorts = sorts;
    }

    FaultSettings.Load load() {
        return new FaultSettings.Load(jobs, jobsPerSecond, workers);
    }

    int faults() {
        return faults;
    }

    /** Their names; empty for all there are. */
    Optional<String> sorts() {
        return sorts;
    }
}
