package io.headrace.postgres.connection;

/** A read for people did not get its turn. */
final class TooManyReadsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyReadsException(int atOnce, String why) {
        super("too many reads: at most " + atOnce + " run at a time, and " + why
                + "; ask less often, or raise maxConnections, of which half of those for work may read");
    }
}
