package io.headrace;

import org.jspecify.annotations.Nullable;

/** Thrown when a store call fails: the database is unavailable, rejected the statement, or has the wrong schema. */
public class StoreException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final @Nullable String sqlState;

    /**
     * @param passing whether the error is transient: the same call may succeed later without any change
     * @param sqlState the database's error code, if it returned one
     */
    public StoreException(String message, boolean passing, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.sqlState = sqlState;
    }

    /**
     * Whether the error is transient, so that the same call may succeed later: a lost connection is transient, a
     * missing table is not.
     */
    public boolean isPassing() {
        return passing;
    }

    /** The five-character SQLSTATE, if the database returned one. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
