package io.headrace.spring;

import io.headrace.HeadraceException;

/**
 * Thrown when jobs are enqueued in a transaction in which the jobs' database takes no part, so that it cannot be
 * joined. Nothing was enqueued.
 */
public final class TransactionMismatchException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    public TransactionMismatchException() {
        super(
                "Nothing was enqueued: the current transaction does not belong to the ConnectionFactory that stores the jobs."
                        + " Use a transaction manager for that ConnectionFactory, annotate the one that the transactions use with"
                        + " @HeadraceConnectionFactory if it connects to the same database, or enqueue outside the transaction"
                        + " with TransactionalJobClient.ignoringTransaction()",
                null);
    }
}
