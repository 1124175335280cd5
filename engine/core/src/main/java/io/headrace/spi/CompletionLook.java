package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A question about a job that may have been completed in a caller's transaction, or of which steps were recorded in one.
 *
 * @param lease the lease that held this job, and no other
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param transaction the transaction in which it was completed last, as in {@link TransactionAnswer#transaction()}; {@code null}
 *     if it was not
 */
public record CompletionLook(long lease, long job, @Nullable String transaction) {

    /** Where such a job is. */
    public enum Answer {
        /** The transaction is committed. */
        COMPLETED,
        /** In its lease, and no transaction is about to change that: what was done in one was rolled back. */
        HELD,
        /** In its lease, and a transaction is open that keeps it there, such as one that records a step. */
        KEPT,
        /** In its lease, as long as a transaction is open that takes it out. */
        OPEN,
        /** In another lease, or it has ended otherwise. */
        LOST
    }
}
