package io.headrace;

import java.time.Duration;
import java.util.List;

/**
 * Thrown when an open transaction is taking or releasing a unique key, so that it is not yet known whether the key is
 * free, or has enqueued with the same {@linkplain NewJob#throttle throttle} or {@linkplain NewJob#debounce debounce}. Nothing in the call was enqueued. Try again, or keep transactions that enqueue with keys short: nobody
 * else can take the same key before they end. Calls with other keys, or without keys, do not wait.
 */
public final class UniqueKeyBusyException extends StoreException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 5;

    private final List<String> keys;
    private final Duration waited;

    /**
     * @param keys the keys in the call; at least one of them is busy
     * @param waited how long the call waited
     */
    public UniqueKeyBusyException(List<String> keys, Duration waited, Throwable cause) {
        super(
                "One of the keys " + shown(keys) + " is held by a transaction that did not end within " + waited
                        + ". Nothing was enqueued: try again, or end that transaction sooner",
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

    /** The keys in the call, in the order of its jobs. */
    public List<String> keys() {
        return keys;
    }

    /** How long the call waited. */
    public Duration waited() {
        return waited;
    }
}
