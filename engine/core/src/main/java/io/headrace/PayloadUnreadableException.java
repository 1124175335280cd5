package io.headrace;

/**
 * A stored payload does not parse into the type that the handler deployed now takes. It counts as a failed attempt; the
 * default {@link RetryPolicy} fails it at once, and the raw payload stays in the tombstone.
 */
public final class PayloadUnreadableException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    public PayloadUnreadableException(String kind, String type, Throwable cause) {
        super("the payload of kind '" + kind + "' does not parse into " + type + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    /** The kind whose payload could not be read. */
    public String kind() {
        return kind;
    }
}
