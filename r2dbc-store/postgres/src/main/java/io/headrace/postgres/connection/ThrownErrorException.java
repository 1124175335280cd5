package io.headrace.postgres.connection;

/**
 * An {@link Error} was thrown while a statement was bound or its answer was read. It is not signalled as what it is: Reactor
 * rethrows an {@code OutOfMemoryError} or {@code LinkageError} through the driver, and then nothing is signalled at all.
 */
final class ThrownErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ThrownErrorException(Error error) {
        super("The statement failed and its connection was replaced: " + error, error);
    }
}
