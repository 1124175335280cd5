package io.headrace.schedule;

/** What a schedule does when it is due and the job of its last fire has not ended: it waits, runs or is to be retried. */
public enum Overlap {
    /** Enqueues a job regardless. The default. */
    ALLOW,
    /** Enqueues nothing. The fire is recorded as {@link FireOutcome#SKIPPED}. */
    SKIP,
    /**
     * Keeps one fire {@link FireOutcome#WAITING} and enqueues its job within a second of the end of the other. Further
     * fires are skipped meanwhile.
     */
    QUEUE_ONE,
    /**
     * Cancels the job of the last fire and enqueues the new one when that has ended. Of several fires that wait
     * meanwhile, the latest counts; the others are skipped.
     */
    CANCEL_RUNNING
}
