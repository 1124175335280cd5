package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value that a job keeps in the store, such as its result, cannot be read: it does not parse into the type that
 * is asked for, or its transforms cannot be undone ({@link ValueTransformException}).
 */
public sealed class ValueUnreadableException extends HeadraceException permits ValueTransformException {

    private static final long serialVersionUID = 1L;

    /** @param what names the value, such as {@code the result} */
    public ValueUnreadableException(String what, String type, Throwable cause) {
        this(what + " cannot be parsed as " + type + ": " + cause.getMessage(), cause);
    }

    ValueUnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * For a value that was stored transformed. Leaves out the cause and its message, which may quote what was encrypted:
     * failures are stored in plain text.
     */
    public static ValueUnreadableException ofTransformed(String what, String type, Throwable cause) {
        return new ValueUnreadableException(
                what + " cannot be parsed as " + type + ": " + cause.getClass().getName()
                        + ". Its message is not recorded, because it may quote the value, which is stored transformed",
                null);
    }
}
