package io.headrace.observe;

/** What an engine or a client asks of its store, many jobs at a time. */
public enum StoreCall {
    /** One flush of enqueued jobs, those included that an idle engine leases with it: they need no claim. */
    ENQUEUE("enqueue"),
    /** One claim; the answer may be that nothing is due. */
    CLAIM("claim"),
    /** One reading of payloads that are too long to come with a claim. */
    PAYLOADS("payloads"),
    /** One flush of outcomes. */
    SETTLE("settle"),
    /** One heartbeat, with all leases of the engine. */
    HEARTBEAT("heartbeat"),
    /** One sweep, with the jobs of expired leases that it put back or buried. */
    SWEEP("sweep"),
    /** One prune, of tombstones or of completed jobs. */
    PRUNE("prune");

    private final String text;

    StoreCall(String text) {
        this.text = text;
    }

    /** In lower case, as tags have it. */
    public String text() {
        return text;
    }
}
