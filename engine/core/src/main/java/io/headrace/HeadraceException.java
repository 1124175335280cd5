package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * The base class of all exceptions that Headrace itself throws or signals. Each subclass carries its subject as data.
 */
public abstract class HeadraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected HeadraceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
