package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * A job that cannot be: a name, number or payload outside what is allowed. Nothing of the call that carried it has been
 * enqueued. {@link #field()} names what was wrong.
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

    /** The part of the job that was refused: {@code queue}, {@code kind}, {@code payload}, {@code delay}… */
    public String field() {
        return field;
    }
}
