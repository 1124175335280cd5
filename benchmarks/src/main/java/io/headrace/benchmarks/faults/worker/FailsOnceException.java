package io.headrace.benchmarks.faults.worker;

/** What the first attempt of some jobs fails with. */
public final class FailsOnceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailsOnceException() {
        super("the first attempt of this job fails");
    }
}
