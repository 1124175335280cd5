package io.headrace;

/**
 * Thrown when there is no job with this id: it was never enqueued, its transaction is not yet committed, or it was
 * pruned after its retention.
 */
public final class UnknownJobException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;

    public UnknownJobException(JobId job) {
        super(
                "job " + job
                        + " is unknown. Check the id, and commit the transaction that enqueues the job first. A job that"
                        + " has ended is removed after its retention",
                null);
        this.job = job;
    }

    /** The id that was requested. */
    public JobId job() {
        return job;
    }
}
