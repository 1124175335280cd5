package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;
import reactor.core.publisher.Mono;

/** A transaction of a caller's, which jobs can join. A store with transactions makes them of its connections. */
@FunctionalInterface
public interface JobTransaction {

    /**
     * Adds jobs, there when the transaction is committed.
     *
     * @param by the worker in whose process they are enqueued if it is told of the commit by other means, else 0: those that
     *     wait for such jobs are woken at the commit, all but this one
     * @return an answer for each, in their order, true at the moment in which it is given; errors with a {@link
     *     io.headrace.TransactionConflictException} if the transaction cannot see who holds a unique key
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by);

    /**
     * Runs something once the transaction has been committed; not if it is rolled back. A transaction does this only if whoever
     * commits it says so to its participants.
     *
     * @param action does not block or throw. One that equals another of this transaction's is run once
     * @return {@code false} if the commit will not be known: then it is never run
     */
    default boolean afterCommit(Runnable action) {
        return false;
    }
}
