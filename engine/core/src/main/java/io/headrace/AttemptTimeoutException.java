package io.headrace;

import java.time.Duration;

/** Thrown when a handler runs longer than its timeout. Its subscription is cancelled, and the attempt fails. */
public final class AttemptTimeoutException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    public AttemptTimeoutException(String kind, Duration timeout) {
        super("The handler of kind '" + kind + "' exceeded its timeout of " + timeout, null);
        this.timeout = timeout;
    }

    /** The timeout that was exceeded. */
    public Duration timeout() {
        return timeout;
    }
}
