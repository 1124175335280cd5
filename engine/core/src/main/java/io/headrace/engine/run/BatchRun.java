package io.headrace.engine.run;

import io.headrace.AttemptTimeoutException;
import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;

/**
 * One call of a batch handler. Its jobs end when its publisher does, or when it times out, save those that are broken off
 * before; when none is left, the subscription is cancelled. Of its completion, its error and its timeout the first counts.
 */
final class BatchRun<T> extends Timeouts.Entry implements HandlerCall, CoreSubscriber<Object> {

    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);

    private final JobHandler<T> handler;
    private final JobHandler.Batching<T> batching;
    private final Timeouts timeouts;
    private final AttemptTools tools;
    private final IntConsumer freed;
    private final List<BatchedJob> jobs = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    /** The jobs that are not over, plus one until all have joined. */
    private final AtomicInteger live = new AtomicInteger(1);

    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final BatchOutcomes said;
    private volatile @Nullable Disposable task;
    private volatile long calledNanos;
    private int called;

    /** @param freed told how many slots are free */
    BatchRun(JobHandler<T> handler, Timeouts timeouts, AttemptTools tools, IntConsumer freed) {
        this.handler = handler;
        this.batching = Objects.requireNonNull(handler.batching());
        this.timeouts = timeouts;
        this.tools = tools;
        this.freed = freed;
        this.said = new BatchOutcomes(handler.type().kind(), tools.encoder());
    }

    @Override
    public String kind() {
        return handler.type().kind();
    }

    @Override
    public long jobId() {
        return jobs.get(0).jobId();
    }

    /** From now on it can time out. Answers whether there is anything to run. */
    boolean begin(List<BatchedJob> all) {
        for (BatchedJob job : all) {
            live.incrementAndGet();
            if (job.joins(this)) {
                jobs.add(job);
            } else {
                live.decrementAndGet();
            }
        }
        timeouts.add(this);
        oneIsOver();
        return !over.get();
    }

    /** Takes the scheduled task, which is disposed of if the call ends early. This interrupts a blocked thread. */
    void runsAs(Disposable scheduled) {
        task = scheduled;
        if (over.get()) {
            scheduled.dispose();
        }
    }

    @Override
    public void run() {
        if (over.get()) {
            return;
        }
        try {
            Map<JobId, BatchedJob> byId = new HashMap<>();
            List<Job<T>> readable = readable(byId);
            if (readable.isEmpty() || over.get()) {
                return;
            }
            said.of(byId.keySet());
            called = readable.size();
            calledNanos = tools.clock().now();
            Publisher<?> result = batching.function().apply(new JobBatch<>(readable, id -> isWithdrawn(byId, id)));
            if (result == null) {
                fail(new HandlerContractException(
                        kind(), "returned null. Return Mono.empty() if there is nothing to wait for"));
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

    private static boolean isWithdrawn(Map<JobId, BatchedJob> jobs, JobId id) {
        BatchedJob job = jobs.get(id);
        return job != null && job.isWithdrawn();
    }

    /** A job that cannot be read has failed, and the others are called without it. */
    private List<Job<T>> readable(Map<JobId, BatchedJob> byId) {
        List<Job<T>> readable = new ArrayList<>(jobs.size());
        for (BatchedJob job : jobs) {
            if (!job.isOver()) {
                job.starts();
                try {
                    Job<T> decoded = job.decode(handler);
                    readable.add(decoded);
                    byId.put(decoded.id(), job);
                } catch (Throwable e) {
                    if (job.settle(leased -> Verdicts.of(e, leased, handler.retry()), handler.retry())) {
                        freed.accept(1);
                    }
                }
            }
        }
        return readable;
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (subscription.compareAndSet(null, given)) {
            given.request(Long.MAX_VALUE);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(Object value) {
        if (over.get()) {
            return;
        }
        try {
            said.add(value);
        } catch (Throwable e) {
            fail(e);
            cancel();
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(error);
    }

    @Override
    public void onComplete() {
        if (isFirst()) {
            settle(leased -> said.verdict(leased, handler.retry()));
        }
    }

    @Override
    void timeOut() {
        AttemptTimeoutException error = new AttemptTimeoutException(kind(), handler.timeout());
        if (isFirst()) {
            settle(Verdicts.ofAll(error, handler.retry()));
            cancel();
        }
    }

    /** None of it has run, and none will. */
    void handBack() {
        jobs.forEach(job -> job.breakOff(Verdict.Released.INSTANCE));
    }

    void fail(Throwable error) {
        if (isFirst()) {
            settle(Verdicts.ofAll(error, handler.retry()));
        }
    }

    /** One of its jobs is over. When none is left, the call is cancelled. */
    void oneIsOver() {
        if (live.decrementAndGet() == 0 && isFirst()) {
            leave();
            cancel();
        }
    }

    /** Whether this signal is the first to end it. */
    private boolean isFirst() {
        return over.compareAndSet(false, true);
    }

    /** Ends what has not been broken off. */
    private void settle(Function<LeasedJob, Verdict> decide) {
        int[] ended = {0};
        try {
            tools.settler().together(() -> {
                for (BatchedJob job : jobs) {
                    if (job.settle(decide, handler.retry())) {
                        ended[0]++;
                    }
                }
            });
            leave();
        } finally {
            freed.accept(ended[0]);
        }
    }

    private void leave() {
        timeouts.remove(this);
        if (called > 0) {
            tools.clock().called(jobs.get(0).leased(), called, calledNanos);
        }
    }

    private void cancel() {
        try {
            Subscription given = subscription.getAndSet(Operators.cancelledSubscription());
            if (given != null) {
                given.cancel();
            }
            Disposable scheduled = task;
            if (scheduled != null) {
                scheduled.dispose();
            }
        } catch (Throwable e) {
            log.warn(
                    "The handler of kind '{}' threw while a call with {} jobs was being cancelled",
                    kind(),
                    jobs.size(),
                    ErrorText.readable(e));
        }
    }
}
