package io.headrace.engine.complete;

import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import io.headrace.spi.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What one attempt does in transactions of its handler: it records steps, and completes its job. What is on its way when the
 * attempt ends is awaited before the attempt is settled. Thread-safe.
 */
public final class AttemptTransactions {

    private final LeasedJob leased;
    private final Completions tools;
    private final OnTheirWay calls;
    private final OwnLease lease;
    private final Completion completion;
    private final StepRecords steps;
    private volatile boolean rolledBack;

    /** @param isOver whether the attempt has ended; {@link #settle} or {@link #forget} may not have been called yet */
    public AttemptTransactions(LeasedJob leased, BooleanSupplier isOver, Completions tools) {
        this.leased = leased;
        this.tools = tools;
        this.calls = new OnTheirWay(isOver);
        this.lease = new OwnLease(leased, isOver, tools);
        this.completion = new Completion(leased, isOver, lease, tools);
        this.steps = new StepRecords(leased, isOver, lease, tools);
    }

    /** Gives the job a lease of its own. */
    public Mono<Void> prepare() {
        return calls.oneAtATime(lease.had(), completion::refused);
    }

    /** Completes the job in a transaction. */
    public Mono<Void> complete(JobTransaction given, Verdict verdict) {
        return Mono.defer(() -> {
            AtomicBoolean gone = new AtomicBoolean();
            return calls.oneAtATime(completion.in(given, verdict, gone::get), completion::refused)
                    .doOnCancel(() -> gone.set(true));
        });
    }

    /** Before a step in a transaction: if the job was completed in one before, that must have been rolled back. */
    public Mono<Void> reopen(String step) {
        return Mono.defer(() -> completion.isSent()
                ? calls.oneAtATime(
                        completion.reopen(reason -> steps.refusedOrOver(step, reason)),
                        reason -> steps.refusedOrOver(step, reason))
                : Mono.empty());
    }

    /**
     * Records a step in a transaction.
     *
     * @param step under any lease
     * @param gone whether the caller has cancelled
     * @return the number of the transaction
     */
    public Mono<String> record(JobTransaction given, NewStep step, BooleanSupplier gone) {
        return calls.call(steps.in(given, step, gone), reason -> steps.refusedOrOver(step.name(), reason));
    }

    /**
     * The attempt has ended.
     *
     * @param verdict what it came to
     * @param ifRolledBack the same, if its handler has completed the job in a transaction that was rolled back
     * @param policy spreads the delay of a retry
     * @param told of whether the outcome was recorded
     */
    public void settle(
            Verdict verdict, Verdict ifRolledBack, @Nullable RetryPolicy policy, @Nullable Consumer<Boolean> told) {
        calls.end(() -> {
            if (completion.isSent()) {
                Runnable heldStill = () -> rolledBack = verdict != ifRolledBack;
                find(heldStill, ifRolledBack, policy, told);
            } else if (steps.isSent()) {
                // Its outcome would wait for a transaction that is open, and all others of its flush with it.
                find(() -> {}, verdict, policy, told);
            } else {
                tools.settler().settle(leased, verdict, policy, told);
            }
        });
    }

    private void find(
            Runnable heldStill, Verdict otherwise, @Nullable RetryPolicy policy, @Nullable Consumer<Boolean> told) {
        tools.ended()
                .find(new EndedInTransaction.Ended(
                        leased, completion.question(), completion.done(), heldStill, otherwise, policy, told));
    }

    /** Whether the job is completed in a transaction, which may be open: it has the lease until then. */
    public boolean isCompletionSent() {
        return completion.isSent();
    }

    /** Whether it said that the job is completed, and the transaction had been rolled back. */
    public boolean isRolledBack() {
        return rolledBack;
    }

    /** The lease of the attempt is lost. */
    public void forget() {
        calls.end(() -> tools.settler().forget(leased));
    }
}
