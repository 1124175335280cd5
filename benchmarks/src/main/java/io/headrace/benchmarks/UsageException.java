package io.headrace.benchmarks;

/** Arguments that cannot be; the message is the one line that says why. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
