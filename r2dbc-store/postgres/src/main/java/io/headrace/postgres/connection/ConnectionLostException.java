package io.headrace.postgres.connection;

/** A connection was closed while it was used, and the driver said nothing of it. */
final class ConnectionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException() {
        super("the connection was closed while a statement was on its way; whether it took effect is unknown");
    }
}
