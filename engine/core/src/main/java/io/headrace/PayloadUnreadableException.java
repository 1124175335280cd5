package io.headrace;

/**
 * Thrown when a stored payload cannot be parsed into the type that the currently deployed handler takes. It counts as a
 * failed attempt. The default {@link RetryPolicy} fails the job at once, and the raw payload stays in the tombstone.
 */
public final class PayloadUnreadableException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    public PayloadUnreadableException(String kind, String type, Throwable cause) {
        super("The payload of kind '" + kind + "' cannot be parsed as " + type + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    /** The kind of the job. */
    public String kind() {
        return kind;
    }
}
