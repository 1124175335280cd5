package io.headrace;

/** What became of a request to cancel a job. */
public enum CancelAnswer {
    /** It was waiting; it is a cancelled tombstone now, and will not run. */
    CANCELLED,
    /**
     * It was leased; it is a cancelled tombstone now. Its handler is cancelled when its worker hears of it, within a
     * heartbeat; what the handler says of it no longer counts.
     */
    CANCELLED_WHILE_LEASED,
    /** It had ended, or had been cancelled before. Nothing was changed. */
    TOO_LATE,
    /** There is no such job, or none any more. */
    UNKNOWN
}
