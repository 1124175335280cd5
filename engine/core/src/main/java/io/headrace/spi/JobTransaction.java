package io.headrace.spi;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.TransactionRefusedException;
import io.headrace.signal.SignalAnswer;
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
     * Enqueues jobs and leases them in the same step, as {@link JobIntake#enqueueAndClaim} does; jobs and leases become
     * visible when the transaction is committed. The jobs are pending instead if the transaction may commit without
     * them, because a savepoint is open, if it does not see what others have committed since it began, and wherever the
     * store cannot tell. By default they always are.
     *
     * @param jobs as for {@link JobIntake#enqueueAndClaim}
     * @param request a request by the worker of this process, which is notified of the commit by {@link #afterCommit}
     * @return fails like {@link #enqueue}, and with an {@link IllegalArgumentException} if the request does not take
     *     these jobs
     */
    default Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return enqueue(jobs, request.worker()).map(answers -> new EnqueuedClaim(answers, List.of()));
    }

    /**
     * Sends a signal, as {@link SignalStore#signal} does. It exists if the transaction commits, and jobs are woken then. By
     * default, signals cannot be sent in a transaction.
     *
     * @return fails with a {@link io.headrace.signal.SignalIsolationException} if the transaction is not in READ COMMITTED
     */
    default Mono<SignalAnswer> signal(NewSignal signal) {
        return Mono.error(() -> new UnsupportedOperationException("This store sends no signals in a transaction"));
    }

    /**
     * Completes a job in this transaction, with what its outcome entails. Until the transaction has ended, its lease stays as it
     * is for everybody else, except that a sweep passes it by.
     *
     * @param completion names a lease that holds this job and no other, see {@link LeaseStore#split}; its verdict is
     *     {@link Verdict.Completed} or {@link Verdict.CompletedWith}
     * @return whether the job is completed once the transaction is committed; fails with a {@link io.headrace.TransactionRefusedException} outside of a transaction and on a
     *     connection to another database. By default it fails, since the store does not complete jobs in transactions
     */
    default Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        return Mono.error(new TransactionRefusedException(
                new JobId(completion.job()), TransactionRefusedException.Reason.NOT_SUPPORTED));
    }

    /**
     * Records a step in this transaction. Until the transaction has ended, its job does not leave its lease, unless the transaction
     * completes it: a sweep passes it by, and others wait. Its lease takes further steps meanwhile.
     *
     * @param step names a lease that holds this job and no other, see {@link LeaseStore#split}. The caller sees to it that no other
     *     step of the job has its name
     * @return whether the step is recorded once the transaction is committed; fails with a
     *     {@link io.headrace.TransactionRefusedException} outside of a transaction and on a connection to another database. By default
     *     it fails, since the store records no steps in transactions
     */
    default Mono<TransactionAnswer> record(long worker, NewStep step) {
        return Mono.error(new TransactionRefusedException(
                new JobId(step.job()), step.name(), TransactionRefusedException.Reason.NOT_SUPPORTED));
    }

    /** Whether this transaction notifies its participants of the commit: {@link #afterCommit} accepts actions. */
    default boolean reportsCommit() {
        return false;
    }

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

    /**
     * Runs an action when the transaction has ended and is not known to be committed. If it may be committed all the
     * same, the actions of {@link #afterCommit} run afterwards. By default it never runs: nothing may depend on it.
     *
     * @param action must not block or throw; equal actions of one transaction run once
     */
    default void afterRollback(Runnable action) {}
}
