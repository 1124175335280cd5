package io.headrace.postgres;

import io.headrace.StoreException;

/**
 * Thrown when a pooler in transaction mode is between the store and PostgreSQL, and the store was built with
 * notifications. The session settings of such a store would affect other applications, and it would receive no
 * notifications, so it does not connect. With {@code notifications(false)} it works.
 */
public final class TransactionPoolerException extends StoreException {

    private static final long serialVersionUID = 1L;

    TransactionPoolerException() {
        super(
                "A pooler in transaction mode is between the store and PostgreSQL. Set notifications(false), or"
                        + " headrace.store.notifications=false, and preparedStatementCacheQueries=0 in the R2DBC URL; or connect the"
                        + " store to the server directly, see docs/guide-operating.md",
                false,
                null,
                null);
    }
}
