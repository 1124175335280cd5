package io.headrace.signal;

import io.headrace.StoreException;
import java.time.Duration;

/**
 * Thrown when an open transaction has sent a signal of the same key, so that it is not yet known which signal is the first.
 * Nothing was sent. Try again, or keep transactions that send signals short.
 */
public final class SignalBusyException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /** @param waited how long the call waited */
    public SignalBusyException(String key, Duration waited, StoreException cause) {
        super(
                "A transaction that did not end within " + waited + " has sent a signal with the key '" + key
                        + "'. Nothing was sent: try again, or end that transaction sooner",
                true,
                cause.sqlState(),
                cause);
        this.key = key;
    }

    /** The key of the signal. */
    public String key() {
        return key;
    }
}
