package io.headrace.postgres.connection;

/** A connection was closed while it was used, and the driver said nothing of it. */
final class ConnectionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException() {
        super("The connection was closed during a statement; whether the statement took effect is unknown");
    }
}
