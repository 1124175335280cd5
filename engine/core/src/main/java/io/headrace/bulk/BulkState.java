package io.headrace.bulk;

/** How far a {@link BulkOperation} is. */
public enum BulkState {
    /** It is being carried out, or waits for a process to go on with it. */
    RUNNING,
    /** Somebody has asked to stop it: it ends after the chunk in flight. */
    STOPPING,
    /** It was stopped. What it had done stays done. */
    STOPPED,
    /** It has carried out everything. */
    DONE;

    /** Whether it has ended. */
    public boolean isEnded() {
        return this == STOPPED || this == DONE;
    }
}
