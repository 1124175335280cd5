package io.headrace.engine;

import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobProgress;
import io.headrace.JobType;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.spi.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A delivery; whatever breaks it off first, the subscriber's settling or the engine's stopping, is what counts. */
final class HandSettled<T> implements Delivery<T>, Attempt, Consumer<JobProgress> {

    private final Job<T> job;
    private final LeasedJob leased;
    private final RetryPolicy policy;
    private final AttemptTools tools;
    private final long beganNanos;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Verdict instead;

    HandSettled(AttemptTools tools, JobType<T> type, LeasedJob leased, RetryPolicy policy) {
        this.leased = leased;
        this.policy = policy;
        this.tools = tools;
        this.job = tools.decoder().decode(leased, type, policy, this);
        this.beganNanos = tools.clock().began(leased);
    }

    /** From now on it can be broken off. */
    HandSettled<T> begun() {
        leased.lease().begin(this);
        return this;
    }

    @Override
    public Job<T> job() {
        return job;
    }

    @Override
    public Mono<Void> settle(JobOutcome outcome) {
        return settle(() -> Verdicts.of(outcome, leased.job(), policy));
    }

    @Override
    public Mono<Void> fail(Throwable error) {
        return settle(() -> Verdicts.of(error, leased.job(), policy));
    }

    /** It was handed to somebody who threw. */
    void failIfUnsettled(Throwable error) {
        settle(() -> Verdicts.of(error, leased.job(), policy)).subscribe(nothing -> {}, late -> {});
    }

    /** What its owner says of its progress; once it is settled it is not heard. */
    @Override
    public void accept(JobProgress progress) {
        if (!settled.get()) {
            tools.notes().report(leased, progress);
            if (settled.get()) {
                tools.notes().end(leased);
            }
        }
    }

    private Mono<Void> settle(Supplier<Verdict> decide) {
        return Mono.create(sink -> {
            Verdict verdict = decide.get();
            if (!settled.compareAndSet(false, true)) {
                sink.error(
                        instead == null && leased.lease().hasLost(leased.job().id())
                                ? lost()
                                : new IllegalStateException("job " + job.id() + " was settled before"));
                return;
            }
            leased.lease().end(this);
            tools.notes().end(leased);
            tools.clock().ended(leased, verdict, beganNanos);
            tools.settler().settle(leased, verdict, policy.backoff().jitter(), recorded -> {
                if (recorded) {
                    sink.success();
                } else {
                    sink.error(lost());
                }
            });
        });
    }

    private LeaseLostException lost() {
        return new LeaseLostException(
                new JobId(leased.job().id()), leased.lease().id());
    }

    @Override
    public long jobId() {
        return leased.job().id();
    }

    @Override
    public void breakOff(@Nullable Verdict verdict) {
        // Before it counts as settled: whoever finds it so reads this.
        instead = verdict;
        if (settled.compareAndSet(false, true)) {
            try {
                leased.lease().end(this);
                tools.notes().end(leased);
                tools.clock().ended(leased, verdict, beganNanos);
                tools.settler().settleOrForget(leased, verdict);
            } catch (Throwable e) {
                tools.guard().broke("ending a delivery", e);
            }
        }
    }
}
