package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the outcomes of a batch handler contradict each other or its call: two outcomes for one job, an outcome for a
 * job that is not in the batch, or two outcomes for all jobs. Nothing that the handler said counts: the attempt of each job
 * in the call fails with this exception.
 */
public final class BatchOutcomeException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable JobId job;

    public BatchOutcomeException(String kind, @Nullable JobId job, String reason) {
        super("The batch handler of kind '" + kind + "' " + reason, null);
        this.job = job;
    }

    /** The job that the outcome names; {@code null} if it names none. */
    public @Nullable JobId job() {
        return job;
    }
}
