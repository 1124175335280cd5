package io.headrace.spi;

/**
 * The answer to a completion in a caller's transaction.
 *
 * @param answer whether the job is completed, once the transaction is committed
 * @param transaction which transaction it is, for {@link CompletionLook}; empty if nothing was done
 */
public record CompletedIn(Answer answer, String transaction) {

    /** Whether the job is completed. */
    public enum Answer {
        /** It is, once the transaction is committed. */
        DONE,
        /** This transaction sees no lease of the worker that holds this job, and no other. */
        NOT_FOUND,
        /** The same, in a transaction whose snapshot is older than this call. */
        NOT_SEEN
    }
}
