package io.headrace.engine.run;

import io.headrace.CompletionRolledBackException;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobProgress;
import io.headrace.JobRun;
import io.headrace.RetryPolicy;
import io.headrace.TransactionRefusedException;
import io.headrace.engine.complete.AttemptTransactions;
import io.headrace.engine.lease.Attempt;
import io.headrace.engine.lease.Lease;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.engine.step.AttemptSteps;
import io.headrace.observe.AttemptEnd;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.SignalReading;
import io.headrace.spi.Verdict;
import java.lang.reflect.Type;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How an attempt ends: once, whoever is first. Then it leaves its lease, its progress is forgotten, its owner is told, and its
 * verdict is on its way. Until then it takes what the attempt says of its progress. Thread-safe.
 */
final class AttemptEnding implements JobRun {

    private static final String ENDING = "ending an attempt";

    private static final AtomicIntegerFieldUpdater<AttemptEnding> OVER =
            AtomicIntegerFieldUpdater.newUpdater(AttemptEnding.class, "over");

    private final LeasedJob leased;
    private final AttemptTools tools;
    private volatile int over;
    private @Nullable AttemptSteps steps;
    private volatile @Nullable AttemptTransactions transactions;

    /** What ends. */
    interface Owner extends Attempt {

        /**
         * Called once, when it has ended, begun or not.
         *
         * @param verdict none if its lease is lost
         */
        void ended(@Nullable Verdict verdict);
    }

    AttemptEnding(LeasedJob leased, AttemptTools tools) {
        this.leased = leased;
        this.tools = tools;
    }

    LeasedJob leased() {
        return leased;
    }

    AttemptTools tools() {
        return tools;
    }

    boolean isOver() {
        return over != 0;
    }

    /** Whether this is the first to end it. If so it is out of its lease, and {@link #settle} or {@link #breakOff} follows. */
    boolean begins(Owner owner) {
        if (!OVER.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            leased.lease().end(owner);
            tools.notes().end(leased);
        } catch (Throwable e) {
            tools.guard().broke(ENDING, e);
        }
        return true;
    }

    /**
     * Sends the verdict on its way.
     *
     * @param recorded is told whether the outcome was recorded; {@code false} if it came too late
     * @return what broke; {@code recorded} is then told nothing
     */
    @Nullable
    Throwable settle(Owner owner, Verdict verdict, RetryPolicy policy, @Nullable Consumer<Boolean> recorded) {
        try {
            owner.ended(verdict);
            AttemptTransactions inTransaction = transactions;
            if (inTransaction == null) {
                tools.settler().settle(leased, verdict, policy, recorded);
            } else {
                inTransaction.settle(verdict, ifRolledBack(verdict, policy), policy, recorded);
            }
            return null;
        } catch (Throwable e) {
            tools.guard().broke(ENDING, e);
            return e;
        }
    }

    /** @param verdict none if the lease is lost */
    void breakOff(Owner owner, @Nullable Verdict verdict) {
        try {
            owner.ended(verdict);
            AttemptTransactions inTransaction = transactions;
            if (inTransaction == null) {
                tools.settler().settleOrForget(leased, verdict);
            } else if (verdict == null) {
                inTransaction.forget();
            } else {
                inTransaction.settle(verdict, verdict, null, null);
            }
        } catch (Throwable e) {
            tools.guard().broke(ENDING, e);
        }
    }

    /** What is said on any thread; once the attempt has ended it is not heard. */
    @Override
    public void progress(JobProgress progress) {
        if (!isOver()) {
            Lease lease = leased.lease();
            tools.notes().report(leased, progress);
            if (leased.lease() != lease) {
                tools.notes().moved(leased, lease.id());
            }
            if (isOver()) {
                tools.notes().end(leased);
            }
        }
    }

    @Override
    public <T> Mono<T> signal(String key, Type type) {
        return tools.signals().value(leased.job().id(), key, type);
    }

    @Override
    public Mono<SignalReading.State> signalState(String key) {
        return tools.signals().state(leased.job().id(), key);
    }

    @Override
    public <T> Mono<T> step(String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        return steps().step(name, type, work);
    }

    @Override
    public <T> Mono<T> stepIn(
            JobTransaction transaction, String name, Type type, Supplier<? extends Mono<? extends T>> work) {
        return Mono.defer(() -> steps().stepIn(transactions(), transaction, name, type, work));
    }

    @Override
    public <T> @Nullable T blockingStep(String name, Type type, Callable<? extends T> work) throws Exception {
        return steps().blockingStep(name, type, work);
    }

    @Override
    public <T> Mono<T> cursor(Type type) {
        return steps().cursor(type);
    }

    @Override
    public Mono<Void> moveCursor(Object to) {
        return steps().moveCursor(to);
    }

    /** Once the job is completed in a transaction, a step would wait for it, and all other steps of the engine with it. */
    private boolean isOverForSteps() {
        AttemptTransactions inTransaction = transactions;
        return isOver() || (inTransaction != null && inTransaction.isCompletionSent());
    }

    /** Most attempts have none. */
    private synchronized AttemptSteps steps() {
        AttemptSteps mine = steps;
        if (mine == null) {
            mine = tools.steps().of(leased, this::isOverForSteps);
            steps = mine;
        }
        return mine;
    }

    @Override
    public Mono<Void> completeIn(JobTransaction transaction, JobOutcome outcome) {
        return Mono.deferContextual(context -> {
            Verdict verdict = tools.encoder().encode(tools.followUps().around(outcome, context), leased);
            return Verdicts.end(verdict) == AttemptEnd.COMPLETED
                    ? transactions().complete(transaction, verdict)
                    : Mono.error(
                            new TransactionRefusedException(jobId(), TransactionRefusedException.Reason.OTHER_OUTCOME));
        });
    }

    @Override
    public Mono<Void> prepareTransaction() {
        return Mono.defer(() -> transactions().prepare());
    }

    /** Whether what ended this attempt said that the job was completed in a transaction, and that had been rolled back. */
    boolean isRolledBack() {
        AttemptTransactions inTransaction = transactions;
        return inTransaction != null && inTransaction.isRolledBack();
    }

    /** Most attempts need none. */
    private synchronized AttemptTransactions transactions() {
        AttemptTransactions known = transactions;
        if (known == null) {
            known = new AttemptTransactions(leased, this::isOver, tools.completions());
            transactions = known;
        }
        return known;
    }

    private Verdict ifRolledBack(Verdict verdict, RetryPolicy policy) {
        return Verdicts.end(verdict) == AttemptEnd.COMPLETED
                ? Verdicts.of(new CompletionRolledBackException(jobId()), leased, policy)
                : verdict;
    }

    private JobId jobId() {
        return new JobId(leased.job().id());
    }
}
