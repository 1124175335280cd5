package io.headrace.spring;

import io.headrace.HeadraceException;

/** Thrown when something requires a transaction and there is none. Nothing was enqueued or recorded. */
public final class NoTransactionException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    public NoTransactionException() {
        super(
                "Nothing was enqueued or recorded: a reactive transaction is required, but there is none. Call this from a method"
                        + " annotated with @Transactional that returns a publisher, or within TransactionalOperator.transactional(…)",
                null);
    }
}
