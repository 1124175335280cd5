package io.headrace.engine;

import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.spi.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A delivery; whatever breaks it off first, the subscriber's settling or the engine's stopping, is what counts. */
final class HandSettled<T> implements Delivery<T>, Attempt {

    private final Job<T> job;
    private final LeasedJob leased;
    private final RetryPolicy policy;
    private final JobSettler settler;
    private final AttemptClock clock;
    private final long beganNanos;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Verdict instead;

    HandSettled(Job<T> job, LeasedJob leased, RetryPolicy policy, JobSettler settler, AttemptClock clock) {
        this.job = job;
        this.leased = leased;
        this.policy = policy;
        this.settler = settler;
        this.clock = clock;
        this.beganNanos = clock.began(leased);
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
            clock.ended(leased, verdict, beganNanos);
            settler.settle(leased, verdict, policy.backoff().jitter(), recorded -> {
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
            leased.lease().end(this);
            clock.ended(leased, verdict, beganNanos);
            settler.settleOrForget(leased, verdict);
        }
    }
}
