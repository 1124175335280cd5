package io.headrace.samples.quickstart;

/** Arguments that cannot be; the message is the one line that says why. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
