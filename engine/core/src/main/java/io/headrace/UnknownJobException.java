package io.headrace;

/**
 * There is no job with this id, or none any more: it was never enqueued, its transaction has yet to be committed, or its
 * retention is over.
 */
public final class UnknownJobException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;

    public UnknownJobException(JobId job) {
        super(
                "job " + job
                        + " is not known: check the id; commit the transaction that enqueued it first; one that has"
                        + " ended is forgotten after its retention",
                null);
        this.job = job;
    }

    /** The job that was asked for. */
    public JobId job() {
        return job;
    }
}
