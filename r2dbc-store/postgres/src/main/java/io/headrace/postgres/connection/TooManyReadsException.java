package io.headrace.postgres.connection;

/** A read for people did not get its turn. */
final class TooManyReadsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyReadsException(int atOnce, String why) {
        super("Too many reads: at most " + atOnce + " run at a time, and " + why
                + ". Read less often, or increase maxConnections: half of the work connections may serve reads");
    }
}
