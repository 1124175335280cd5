package io.headrace.engine.run;

import io.headrace.AttemptTimeoutException;
import io.headrace.HandlerContractException;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;

/**
 * One attempt of a handler: calls its function, subscribes to what that answers, and passes on what became of it. Errors are
 * outcomes. Of its completion, its error, its timeout and a breaking off the first counts, the others are as if they had not
 * been; so are signals that a publisher should not send.
 *
 * <p>A chain of operators would say the same with a dozen objects, two scheduled tasks and a timer for each job. This is run
 * a hundred thousand times a second.
 */
class HandlerRun<T> extends Timeouts.Entry implements AttemptEnding.Owner, CoreSubscriber<Object>, HandlerCall {

    private static final Logger log = LoggerFactory.getLogger(HandlerRun.class);

    @SuppressWarnings("rawtypes") // as field updaters are
    private static final AtomicReferenceFieldUpdater<HandlerRun, Subscription> SUBSCRIPTION =
            AtomicReferenceFieldUpdater.newUpdater(HandlerRun.class, Subscription.class, "subscription");

    private final AttemptEnding ending;
    private final JobHandler<T> handler;
    private final Timeouts timeouts;
    private final Runnable freed;

    @SuppressWarnings("UnusedVariable") // the updater uses it
    private volatile @Nullable Subscription subscription;

    private volatile @Nullable Disposable task;
    private @Nullable JobOutcome said;

    /** @param freed run when the attempt has ended and its outcome is on its way */
    HandlerRun(LeasedJob leased, JobHandler<T> handler, Timeouts timeouts, AttemptTools tools, Runnable freed) {
        this.ending = new AttemptEnding(leased, tools);
        this.handler = handler;
        this.timeouts = timeouts;
        this.freed = freed;
    }

    @Override
    public long jobId() {
        return leased().job().id();
    }

    @Override
    public String kind() {
        return handler.type().kind();
    }

    /** From now on it can be broken off and time out. {@link #run} follows, on the thread that handlers run on. */
    void begin() {
        timeouts.add(this);
        leased().lease().begin(this);
    }

    /** Takes the scheduled task, which is disposed of if the attempt ends early. This interrupts a blocked thread. */
    void runsAs(Disposable scheduled) {
        task = scheduled;
        if (ending.isOver()) {
            scheduled.dispose();
        }
    }

    @Override
    public void run() {
        if (ending.isOver()) {
            return;
        }
        try {
            starts();
            Publisher<?> result = handler.function()
                    .apply(ending.tools().decoder().decode(leased(), handler.type(), handler.retry(), ending));
            if (result == null) {
                fail(new HandlerContractException(
                        handler.type().kind(), "returned null. Return Mono.empty() if there is nothing to wait for"));
            } else {
                result.subscribe(this);
            }
        } catch (VirtualMachineError | LinkageError e) {
            // Reactor throws these through a pipeline rather than signal them.
            fail(new IllegalStateException("The handler threw " + ErrorText.line(e), e));
            cancel();
        } catch (Throwable e) {
            fail(e);
            cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (Operators.setOnce(SUBSCRIPTION, this, given)) {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(Object value) {
        if (value instanceof JobOutcome outcome) {
            said = outcome;
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(error);
    }

    @Override
    public void onComplete() {
        if (ends()) {
            JobOutcome outcome = said == null ? JobOutcome.complete() : said;
            settle(Verdicts.of(
                    outcome, leased(), handler.retry(), ending.tools().encoder()));
        }
    }

    @Override
    void timeOut() {
        if (ends()) {
            cancel();
            settle(Verdicts.of(
                    new AttemptTimeoutException(handler.type().kind(), handler.timeout()), leased(), handler.retry()));
        }
    }

    @Override
    public void breakOff(@Nullable Verdict verdict) {
        if (ends()) {
            cancel();
            try {
                ending.breakOff(this, verdict);
            } finally {
                freed.run();
            }
        }
    }

    void fail(Throwable error) {
        if (ends()) {
            settle(Verdicts.of(error, leased(), handler.retry()));
        }
    }

    @Override
    public String toString() {
        return "attempt " + leased().job().attempt();
    }

    /** Whether this signal is the first to end it. */
    private boolean ends() {
        return ending.begins(this);
    }

    /** Called before the handler is. */
    void starts() {}

    @Override
    public void ended(@Nullable Verdict verdict) {
        timeouts.remove(this);
    }

    LeasedJob leased() {
        return ending.leased();
    }

    private void settle(Verdict verdict) {
        try {
            // What broke has failed the engine: nobody else is to be told.
            var unused = ending.settle(this, verdict, handler.retry(), null);
        } finally {
            freed.run();
        }
    }

    private void cancel() {
        try {
            Operators.terminate(SUBSCRIPTION, this);
            Disposable scheduled = task;
            if (scheduled != null) {
                scheduled.dispose();
            }
        } catch (Throwable e) {
            log.warn(
                    "The handler of kind '{}' threw while job {} was being cancelled",
                    kind(),
                    new JobId(jobId()),
                    ErrorText.readable(e));
        }
    }
}
