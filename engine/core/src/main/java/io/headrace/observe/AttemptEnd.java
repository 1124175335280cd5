package io.headrace.observe;

/** How an attempt ended. */
public enum AttemptEnd {
    /** Its job is finished. */
    COMPLETED("completed"),
    /** It failed, and the job is to be tried again. */
    RETRIED("retried"),
    /** It failed, and the job is a failed tombstone. */
    FAILED("failed"),
    /** The job is to run again later; the attempt does not count. */
    SNOOZED("snoozed"),
    /** Its handler cancelled the job. */
    CANCELLED("cancelled"),
    /** It was handed back, begun or not; the attempt does not count. */
    RELEASED("released"),
    /** The job was no longer this engine's: its lease was lost, or somebody cancelled it. Nothing was recorded. */
    LOST("lost");

    private final String text;

    AttemptEnd(String text) {
        this.text = text;
    }

    /** In lower case, as tags have it. */
    public String text() {
        return text;
    }
}
