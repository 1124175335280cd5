package io.headrace.testkit.pipeline;

import io.headrace.Enqueued;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * A transaction whose end is reported by hand. What is enqueued in it is in the store at once: only what an engine does about
 * the end is as in a transaction.
 */
final class HandTransaction implements JobTransaction {

    private final JobStore store;
    private final Set<Runnable> afterCommit = new LinkedHashSet<>();
    private final Set<Runnable> afterRollback = new LinkedHashSet<>();

    HandTransaction(JobStore store) {
        this.store = store;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return store.intake().enqueue(jobs, by);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return store.intake().enqueueAndClaim(jobs, request);
    }

    @Override
    public boolean reportsCommit() {
        return true;
    }

    @Override
    public boolean afterCommit(Runnable action) {
        return afterCommit.add(action) || !afterCommit.isEmpty();
    }

    @Override
    public void afterRollback(Runnable action) {
        afterRollback.add(action);
    }

    void reportCommit() {
        afterCommit.forEach(Runnable::run);
    }

    void reportRollback() {
        afterRollback.forEach(Runnable::run);
    }
}
