package io.headrace.console;

import org.jspecify.annotations.Nullable;

/** Signalled by an {@link OperatorPolicy} that gives no access to a request. Its message is sent to the client. */
public final class AccessRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String challenge;

    /** Refuses a request for good (status 403). */
    public AccessRefusedException(String message) {
        this(message, null);
    }

    /**
     * Refuses a request.
     *
     * @param challenge how to authenticate, as the header {@code WWW-Authenticate} has it (status 401); {@code null} if that
     *     would not help (status 403)
     */
    public AccessRefusedException(String message, @Nullable String challenge) {
        super(message);
        this.challenge = challenge;
    }

    /** How to authenticate, or {@code null} if that would not help. */
    public @Nullable String challenge() {
        return challenge;
    }
}
