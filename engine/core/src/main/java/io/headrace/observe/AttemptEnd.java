package io.headrace.observe;

/** How an attempt ended, as the store recorded it. */
public enum AttemptEnd {
    /** The job is completed. */
    COMPLETED("completed"),
    /** The attempt failed, and the job will be retried. */
    RETRIED("retried"),
    /** The attempt failed, and the job is now a failed tombstone. */
    FAILED("failed"),
    /** The job will run again later. The attempt does not count. */
    SNOOZED("snoozed"),
    /** The job waits for a signal. The attempt does not count. */
    AWAITING("awaiting"),
    /** The handler cancelled the job. */
    CANCELLED("cancelled"),
    /** The job was handed back, whether the attempt had started or not. The attempt does not count. */
    RELEASED("released"),
    /**
     * The job no longer belonged to this engine: its lease was lost, or it was cancelled by id. Nothing was recorded.
     */
    LOST("lost");

    private final String text;

    AttemptEnd(String text) {
        this.text = text;
    }

    /** Returns the name in lower case, as used in tags. */
    public String text() {
        return text;
    }
}
