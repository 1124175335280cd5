package io.headrace;

import java.time.Duration;

/** A handler ran longer than its timeout; its subscription was cancelled. The attempt failed. */
public final class AttemptTimeoutException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    public AttemptTimeoutException(String kind, Duration timeout) {
        super("the handler of kind '" + kind + "' did not end within its timeout of " + timeout, null);
        this.timeout = timeout;
    }

    /** The timeout that passed. */
    public Duration timeout() {
        return timeout;
    }
}
