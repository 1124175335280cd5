package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a job is invalid: a name, number or payload is not allowed. Nothing in the same call was enqueued.
 * {@link #field()} names the invalid part.
 */
public final class InvalidJobException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidJobException(String field, String reason) {
        this(field, reason, null);
    }

    public InvalidJobException(String field, String reason, @Nullable Throwable cause) {
        super(field + ": " + reason, cause);
        this.field = field;
    }

    /** The part of the job that was rejected: {@code queue}, {@code kind}, {@code payload}, {@code delay}… */
    public String field() {
        return field;
    }
}
