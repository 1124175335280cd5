package io.headrace;

import java.time.Duration;

/** A source that was polled until it has a value was still empty at the last try. */
public final class StillEmptyException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final int tries;
    private final Duration waited;

    public StillEmptyException(int tries, Duration waited) {
        super("still empty after " + tries + " tries over " + waited, null);
        this.tries = tries;
        this.waited = waited;
    }

    /** How often the source was subscribed to. */
    public int tries() {
        return tries;
    }

    /** The sum of the waits between the tries. */
    public Duration waited() {
        return waited;
    }
}
