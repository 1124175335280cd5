package io.headrace;

import org.jspecify.annotations.Nullable;

/** The store could not do what it was asked: the database is away, refused the statement, or has the wrong schema. */
public class StoreException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final @Nullable String sqlState;

    /**
     * @param passing whether the same call may succeed later without anybody changing anything
     * @param sqlState the database's code, where it gave one
     */
    public StoreException(String message, boolean passing, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.sqlState = sqlState;
    }

    /** Whether the same call may succeed later: a lost connection passes, a missing table does not. */
    public boolean isPassing() {
        return passing;
    }

    /** The five characters of the SQL standard, where the database gave them. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
