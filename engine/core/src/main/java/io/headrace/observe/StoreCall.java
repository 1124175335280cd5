package io.headrace.observe;

/** The calls of an engine or a client to its store, each with many jobs. */
public enum StoreCall {
    /** One flush of enqueued jobs, including those that an idle engine leases with it, which need no claim. */
    ENQUEUE("enqueue"),
    /** One claim; it may return no jobs. */
    CLAIM("claim"),
    /** One read of payloads that are too long to come with a claim. */
    PAYLOADS("payloads"),
    /** One flush of outcomes. */
    SETTLE("settle"),
    /** One flush of steps, or of cursors, that jobs record. */
    STEPS("steps"),
    /** One read of what steps have recorded, for many jobs. */
    STEPS_READ("steps-read"),
    /** One heartbeat, with all leases of the engine. */
    HEARTBEAT("heartbeat"),
    /** One sweep, with the jobs of expired leases that it returned to the queue or buried. */
    SWEEP("sweep"),
    /** One prune, of tombstones or of completed jobs. */
    PRUNE("prune"),
    /** One look for schedules that are due; most look ahead and find none. */
    DUE("due"),
    /** One flush of schedules that fire, with their jobs. */
    FIRE("fire"),
    /** One signal, with the jobs that it makes due. */
    SIGNAL("signal"),
    /** One registration of awaited jobs, with those that had ended already. */
    AWAIT("await"),
    /** One read of how awaited jobs ended. */
    ENDS("ends");

    private final String text;

    StoreCall(String text) {
        this.text = text;
    }

    /** Returns the name in lower case, as used in tags. */
    public String text() {
        return text;
    }
}
