package io.headrace.spi;

/**
 * The answer to what is recorded of a job in a caller's transaction: that it is completed, or a step of it.
 *
 * @param answer whether it is recorded, once the transaction is committed
 * @param transaction which transaction it is, for {@link CompletionLook} and {@link StepStore#areOpen}; empty if nothing was done
 */
public record TransactionAnswer(Answer answer, String transaction) {

    /** Whether it is recorded. */
    public enum Answer {
        /** It is, once the transaction is committed. */
        DONE,
        /** This transaction sees no lease of the worker that holds this job, and no other. */
        NOT_FOUND,
        /** The same, in a transaction whose snapshot is older than this call. */
        NOT_SEEN,
        /** A step of this name is on record, or was recorded in this transaction before. A store need not notice. */
        ON_RECORD
    }
}
