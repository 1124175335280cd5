package io.headrace.spring;

import io.headrace.HeadraceException;

/** Thrown when an enqueue requires a transaction and there is none. Nothing was enqueued. */
public final class NoTransactionException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    public NoTransactionException() {
        super(
                "nothing was enqueued: a reactive transaction is required here and there is none. Call it in a method"
                        + " annotated @Transactional that returns a publisher, or in TransactionalOperator.transactional(…)",
                null);
    }
}
