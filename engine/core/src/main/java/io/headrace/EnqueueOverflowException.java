package io.headrace;

/**
 * Thrown when more jobs, or longer ones, are waiting in this process to be written than the limit allows: jobs arrive
 * faster than the database accepts them. The job was not enqueued. Try again later, or enqueue a {@code Publisher},
 * which is slowed down instead.
 */
public final class EnqueueOverflowException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final int waiting;
    private final int limit;
    private final long waitingLength;
    private final long lengthLimit;

    public EnqueueOverflowException(int waiting, int limit, long waitingLength, long lengthLimit) {
        super(
                waiting + " jobs with " + waitingLength
                        + " characters of JSON are waiting to be written; the limits are "
                        + limit + " jobs and " + lengthLimit
                        + " characters. The job was not enqueued: the database is slower than the callers",
                null);
        this.waiting = waiting;
        this.limit = limit;
        this.waitingLength = waitingLength;
        this.lengthLimit = lengthLimit;
    }

    /** The number of jobs that were waiting when this one arrived. */
    public int waiting() {
        return waiting;
    }

    /** The limit, in jobs. */
    public int limit() {
        return limit;
    }

    /** The length of the JSON that was waiting when this job arrived, in characters. */
    public long waitingLength() {
        return waitingLength;
    }

    /** The limit, in characters of JSON. */
    public long lengthLimit() {
        return lengthLimit;
    }
}
