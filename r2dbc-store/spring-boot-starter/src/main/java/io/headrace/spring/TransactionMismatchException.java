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
                "nothing was enqueued: the transaction here is not one of the ConnectionFactory that the jobs are stored by."
                        + " Use a transaction manager of that ConnectionFactory, mark the one that the transactions use with"
                        + " @HeadraceConnectionFactory if it is of the same database, or enqueue apart from the transaction"
                        + " with TransactionalJobClient.ignoringTransaction()",
                null);
    }
}
