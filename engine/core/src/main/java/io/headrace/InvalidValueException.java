package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value that a job keeps in the store, such as its result, cannot be written as JSON that the store accepts, or
 * exceeds {@link JobConstraints#VALUE_BYTES}. Nothing was recorded.
 */
public final class InvalidValueException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    /** @param what names the value, such as {@code the result} */
    public InvalidValueException(String what, @Nullable String reason, @Nullable Throwable cause) {
        super(what + ": " + reason, cause);
    }
}
