package io.headrace.postgres.connection;

import java.time.Duration;

/** All connections for something were in use for as long as a caller waits for one. */
final class NoFreeConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFreeConnectionException(String pool, int size, Duration waited) {
        super("No connection became free within " + waited.toSeconds() + " s: all " + size + " for " + pool
                + " were in use");
    }
}
