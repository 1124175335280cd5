package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stored payload cannot be read into the type that the currently deployed handler takes: it does not parse, or
 * its transforms cannot be undone ({@link PayloadTransformException}). It counts as a failed attempt. The default
 * {@link RetryPolicy} fails the job at once, and the raw payload stays in the tombstone.
 */
public sealed class PayloadUnreadableException extends HeadraceException permits PayloadTransformException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    public PayloadUnreadableException(String kind, String type, Throwable cause) {
        this(kind, cause, "The payload of kind '" + kind + "' cannot be parsed as " + type + ": " + cause.getMessage());
    }

    PayloadUnreadableException(String kind, @Nullable Throwable cause, String message) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * For a payload that was stored transformed. Leaves out the cause and its message, which may quote what was encrypted:
     * failures are stored in plain text.
     */
    public static PayloadUnreadableException ofTransformed(String kind, String type, Throwable cause) {
        return new PayloadUnreadableException(
                kind,
                null,
                "The payload of kind '" + kind + "' cannot be parsed as " + type + ": "
                        + cause.getClass().getName()
                        + ". Its message is not recorded, because it may quote the payload, which is stored transformed");
    }

    /** The kind of the job. */
    public String kind() {
        return kind;
    }
}
