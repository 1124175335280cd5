package io.headrace;

import java.time.Duration;

/** Thrown when a source that was polled for a value is still empty at the last try. */
public final class StillEmptyException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final int tries;
    private final Duration waited;

    public StillEmptyException(int tries, Duration waited) {
        super("Still empty after " + tries + " tries over " + waited, null);
        this.tries = tries;
        this.waited = waited;
    }

    /** The number of subscriptions to the source. */
    public int tries() {
        return tries;
    }

    /** The total time waited between the tries. */
    public Duration waited() {
        return waited;
    }
}
