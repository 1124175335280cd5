package io.headrace;

/**
 * More jobs, or longer ones, are waiting in this process to be written than the limit allows: the database takes them more
 * slowly than they come. The job has not been enqueued; try again later, or enqueue a {@code Publisher}, which is slowed down
 * instead.
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
                        + " characters of JSON are waiting to be written, the limits are "
                        + limit + " jobs and " + lengthLimit
                        + " characters: the job was not enqueued, the database is slower than the callers",
                null);
        this.waiting = waiting;
        this.limit = limit;
        this.waitingLength = waitingLength;
        this.lengthLimit = lengthLimit;
    }

    /** Jobs that were waiting when this one came. */
    public int waiting() {
        return waiting;
    }

    /** The limit in force, in jobs. */
    public int limit() {
        return limit;
    }

    /** How long the JSON was that was waiting when this one came, in characters. */
    public long waitingLength() {
        return waitingLength;
    }

    /** The limit in force, in characters of JSON. */
    public long lengthLimit() {
        return lengthLimit;
    }
}
