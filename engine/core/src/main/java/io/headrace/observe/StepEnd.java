package io.headrace.observe;

/** What became of a step in an attempt. */
public enum StepEnd {
    /**
     * Its work has run, and what it returned is recorded; of {@link io.headrace.Job#stepIn}, in a transaction that may yet be rolled
     * back.
     */
    RECORDED("recorded"),
    /** It was recorded by an earlier attempt. Its work did not run. */
    REPLAYED("replayed"),
    /** Its work failed, or its value cannot be recorded. */
    FAILED("failed"),
    /** Its work has run, but the lease was lost. Nothing was recorded. */
    LOST("lost");

    private final String text;

    StepEnd(String text) {
        this.text = text;
    }

    /** Returns the name in lower case, as used in tags. */
    public String text() {
        return text;
    }
}
