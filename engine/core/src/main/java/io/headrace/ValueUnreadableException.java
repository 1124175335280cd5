package io.headrace;

/** Thrown when a value that a job keeps in the store, such as its result, does not parse into the type that is asked for. */
public final class ValueUnreadableException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    /** @param what names the value, such as {@code the result} */
    public ValueUnreadableException(String what, String type, Throwable cause) {
        super(what + " cannot be parsed as " + type + ": " + cause.getMessage(), cause);
    }
}
