package io.headrace;

/**
 * Thrown when an outcome, or something else that an attempt records, arrives too late: the job is no longer under the lease
 * with which it was delivered. Another worker has it, or it has ended. Nothing was changed.
 */
public final class LeaseLostException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final JobId job;
    private final long lease;

    public LeaseLostException(JobId job, long lease) {
        this(job, lease, "its outcome");
    }

    /** @param what names what was not recorded */
    public LeaseLostException(JobId job, long lease, String what) {
        super("job " + job + " is no longer under lease " + lease + ": " + what + " was not recorded", null);
        this.job = job;
        this.lease = lease;
    }

    public JobId job() {
        return job;
    }

    public long lease() {
        return lease;
    }
}
