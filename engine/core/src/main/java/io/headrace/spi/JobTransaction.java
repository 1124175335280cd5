package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;
import reactor.core.publisher.Mono;

/** A caller's transaction in which jobs are enqueued. Stores with transactions create it from a connection. */
@FunctionalInterface
public interface JobTransaction {

    /**
     * Enqueues jobs, which become visible when the transaction is committed.
     *
     * @param by the worker in whose process the jobs are enqueued, if it is notified of the commit by other means,
     *     otherwise 0. At the commit, all workers that wait for such jobs are woken except this one
     * @return the result for each job, in the order of the jobs, which is true at the moment in which it is given;
     *     fails with a {@link io.headrace.TransactionConflictException} if the transaction cannot see which job holds a
     *     unique key
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by);

    /**
     * Runs an action after the transaction is committed, and not if it is rolled back. This requires that the
     * transaction notifies its participants of the commit.
     *
     * @param action must not block or throw; equal actions of one transaction run once
     * @return {@code false} if the transaction does not report its commit; the action then never runs
     */
    default boolean afterCommit(Runnable action) {
        return false;
    }
}
