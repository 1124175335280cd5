package io.headrace;

import java.time.Duration;
import java.util.List;

/**
 * A unique key is being taken, or given back, by a transaction that has yet to end: whether the key is free is known only
 * then. Nothing of the call has been enqueued. Try again, or see to it that transactions which enqueue with unique keys are
 * short: nobody can have the same key before they end. Calls with other keys, and without, do not wait.
 */
public final class UniqueKeyBusyException extends StoreException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 5;

    private final List<String> keys;
    private final Duration waited;

    /**
     * @param keys the keys that were wanted; one of them at least is busy
     * @param waited for how long it was tried
     */
    public UniqueKeyBusyException(List<String> keys, Duration waited, Throwable cause) {
        super(
                "of the unique keys " + shown(keys) + " one is held by a transaction that has not ended within "
                        + waited + ": nothing was enqueued; try again, or end that transaction sooner",
                true,
                cause instanceof StoreException e ? e.sqlState() : null,
                cause);
        this.keys = List.copyOf(keys);
        this.waited = waited;
    }

    static String shown(List<String> keys) {
        return keys.size() <= SHOWN
                ? keys.toString()
                : keys.subList(0, SHOWN) + " and " + (keys.size() - SHOWN) + " more";
    }

    /** The unique keys that the call wanted, in the order of its jobs. */
    public List<String> keys() {
        return keys;
    }

    /** For how long it was tried. */
    public Duration waited() {
        return waited;
    }
}
