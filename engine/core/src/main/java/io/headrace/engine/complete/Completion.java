package io.headrace.engine.complete;

import static io.headrace.CompletionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.CompletionRefusedException.Reason.ATTEMPT_OVER;
import static io.headrace.CompletionRefusedException.Reason.OLD_SNAPSHOT;
import static io.headrace.CompletionRefusedException.Reason.OTHER_DATABASE;
import static io.headrace.CompletionRefusedException.Reason.UNDER_WAY;

import io.headrace.CompletionRefusedException;
import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.CompletedIn;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How one attempt completes its job in transactions of its handler, one after the other. What is on its way when the attempt
 * ends is awaited before the attempt is settled: it may move the job to another lease. Thread-safe.
 */
public final class Completion {

    private final LeasedJob leased;
    private final BooleanSupplier isOver;
    private final Completions tools;
    private boolean underWay;
    private boolean over;
    private @Nullable Runnable afterwards;
    private volatile boolean alone;
    private volatile boolean sent;
    private volatile @Nullable String transaction;
    private volatile Verdict done = Verdict.Completed.INSTANCE;
    private volatile boolean rolledBack;

    /** @param isOver whether the attempt has ended; {@link #settle} or {@link #forget} may not have been called yet */
    public Completion(LeasedJob leased, BooleanSupplier isOver, Completions tools) {
        this.leased = leased;
        this.isOver = isOver;
        this.tools = tools;
    }

    /** Gives the job a lease of its own. */
    public Mono<Void> prepare() {
        return oneAtATime(Mono.defer(this::ownLease));
    }

    /** Completes the job in a transaction. */
    public Mono<Void> in(JobTransaction given, Verdict verdict) {
        return Mono.defer(() -> {
            Caller caller = new Caller();
            return oneAtATime(Mono.defer(() -> sent ? requireRolledBack() : Mono.empty())
                            .then(Mono.defer(this::ownLease))
                            .then(Mono.defer(() -> complete(given, verdict, caller))))
                    .doOnCancel(caller::leaves);
        });
    }

    /** Whether the caller has cancelled: its connection may be in the hands of somebody else. */
    private static final class Caller {
        private volatile boolean gone;

        boolean isGone() {
            return gone;
        }

        void leaves() {
            gone = true;
        }
    }

    /** What has begun comes to its end, even if the caller cancels it: the answer says which lease the job has. */
    private Mono<Void> oneAtATime(Mono<Void> step) {
        return Mono.defer(() -> {
            synchronized (this) {
                if (over || isOver.getAsBoolean()) {
                    return Mono.error(refused(ATTEMPT_OVER));
                }
                if (underWay) {
                    return Mono.error(refused(UNDER_WAY));
                }
                underWay = true;
            }
            return step.doOnTerminate(this::stepEnded).cache();
        });
    }

    private void stepEnded() {
        Runnable waiting;
        synchronized (this) {
            underWay = false;
            waiting = afterwards;
            afterwards = null;
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    private Mono<Void> ownLease() {
        if (leased.lease().hasLost(leased.job().id())) {
            return Mono.error(lost());
        }
        if (alone || leased.lease().unsettled() == 1) {
            return Mono.empty();
        }
        return split();
    }

    private Mono<Void> split() {
        return tools.split(leased).flatMap(held -> {
            alone = held;
            if (isOver.getAsBoolean()) {
                // It may have left the lease that it was passed on from.
                leased.lease().end(leased.job().id());
            }
            return held ? Mono.empty() : Mono.error(lost());
        });
    }

    private Mono<Void> complete(JobTransaction given, Verdict verdict, Caller caller) {
        if (caller.isGone() || isOver.getAsBoolean()) {
            return Mono.error(refused(ATTEMPT_OVER));
        }
        boolean before = sent;
        sent = true;
        Settlement completion = new Settlement(
                leased.lease().id(), leased.job().id(), leased.job().uniqueKey() != null, verdict, 1);
        return given.complete(tools.worker(), completion).flatMap(answer -> {
            if (answer.answer() == CompletedIn.Answer.DONE) {
                transaction = answer.transaction();
                done = verdict;
                leased.lease().leaves();
                return Mono.empty();
            }
            sent = before;
            return look().flatMap(inStore -> notDone(answer.answer(), inStore, given, verdict, caller));
        });
    }

    private Mono<Void> notDone(
            CompletedIn.Answer answer,
            CompletionLook.Answer inStore,
            JobTransaction given,
            Verdict verdict,
            Caller caller) {
        return switch (inStore) {
            case LOST -> Mono.error(lost());
            case COMPLETED, OPEN -> Mono.error(refused(ALREADY_COMPLETED));
            case HELD -> {
                if (answer == CompletedIn.Answer.NOT_SEEN) {
                    yield Mono.error(refused(OLD_SNAPSHOT));
                }
                // Perhaps it is not alone after all: an outcome of another job of its lease could not be recorded.
                yield alone
                        ? Mono.error(refused(OTHER_DATABASE))
                        : split().then(Mono.defer(() -> complete(given, verdict, caller)));
            }
        };
    }

    /** A job that was completed in a transaction before can be completed again if that was rolled back. */
    private Mono<Void> requireRolledBack() {
        return look().flatMap(answer -> switch (answer) {
            case HELD -> Mono.empty();
            case LOST -> Mono.error(lost());
            case COMPLETED, OPEN -> Mono.error(refused(ALREADY_COMPLETED));
        });
    }

    private Mono<CompletionLook.Answer> look() {
        return tools.look(question());
    }

    private CompletionLook question() {
        return new CompletionLook(leased.lease().id(), leased.job().id(), transaction);
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
        end(() -> {
            if (sent) {
                Runnable heldStill = () -> rolledBack = verdict != ifRolledBack;
                tools.ended()
                        .find(new EndedInTransaction.Ended(
                                leased, question(), done, heldStill, ifRolledBack, policy, told));
            } else {
                tools.settler().settle(leased, verdict, policy, told);
            }
        });
    }

    /** Whether the job is completed in a transaction, which may be open: it has the lease until then. */
    public boolean isSent() {
        return sent;
    }

    /** Whether it said that the job is completed, and the transaction had been rolled back. */
    public boolean isRolledBack() {
        return rolledBack;
    }

    /** The lease of the attempt is lost. */
    public void forget() {
        end(() -> tools.settler().forget(leased));
    }

    private void end(Runnable settles) {
        synchronized (this) {
            over = true;
            if (underWay) {
                afterwards = settles;
                return;
            }
        }
        settles.run();
    }

    private CompletionRefusedException refused(CompletionRefusedException.Reason reason) {
        return new CompletionRefusedException(new JobId(leased.job().id()), reason);
    }

    private LeaseLostException lost() {
        return new LeaseLostException(
                new JobId(leased.job().id()), leased.lease().id());
    }
}
