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
import reactor.core.publisher.Mono;

/** A delivery; whatever breaks it off first, the subscriber's settling or the engine's stopping, is what counts. */
final class HandSettled<T> implements Delivery<T> {

    private final Job<T> job;
    private final LeasedJob leased;
    private final RetryPolicy policy;
    private final JobSettler settler;
    private final Attempt attempt;
    private final AtomicBoolean settled = new AtomicBoolean();

    HandSettled(Job<T> job, LeasedJob leased, RetryPolicy policy, JobSettler settler) {
        this.job = job;
        this.leased = leased;
        this.policy = policy;
        this.settler = settler;
        this.attempt = new Attempt(leased.job().id());
        attempt.broken().subscribe(nothing -> {}, error -> {}, this::brokenOff);
        leased.lease().begin(attempt);
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
                        attempt.instead() == null
                                        && leased.lease().hasLost(leased.job().id())
                                ? lost()
                                : new IllegalStateException("job " + job.id() + " was settled before"));
                return;
            }
            leased.lease().end(attempt);
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

    private void brokenOff() {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        leased.lease().end(attempt);
        Verdict verdict = attempt.instead();
        if (verdict == null) {
            settler.forget(leased);
        } else {
            settler.settle(leased, verdict);
        }
    }
}
