package io.headrace;

/**
 * More jobs are waiting in this process to be written than the limit allows: the database takes them more slowly than
 * they come. The job has not been enqueued; try again later, or enqueue a {@code Publisher}, which is slowed down
 * instead.
 */
public final class EnqueueOverflowException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final int waiting;
    private final int limit;

    public EnqueueOverflowException(int waiting, int limit) {
        super(
                waiting + " jobs are waiting to be written, the limit is " + limit
                        + ": the job was not enqueued, the database is slower than the callers",
                null);
        this.waiting = waiting;
        this.limit = limit;
    }

    /** Jobs that were waiting when this one came. */
    public int waiting() {
        return waiting;
    }

    /** The limit in force, in jobs. */
    public int limit() {
        return limit;
    }
}
