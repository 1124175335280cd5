package io.headrace;

/** The result of a request to cancel a job. */
public enum CancelAnswer {
    /** The job was waiting. It is now a cancelled tombstone and will not run. */
    CANCELLED,
    /**
     * The job was leased. It is now a cancelled tombstone. Its handler is cancelled once its worker is notified, within
     * one heartbeat. The handler's outcome no longer counts.
     */
    CANCELLED_WHILE_LEASED,
    /** The job had already ended or been cancelled. Nothing was changed. */
    TOO_LATE,
    /** There is no such job, or it has been pruned. */
    UNKNOWN
}
