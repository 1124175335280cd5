package io.headrace.engine.run;

import io.headrace.CompletionRolledBackException;
import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/** A delivery; whatever breaks it off first, the subscriber's settling or the engine's stopping, is what counts. */
final class HandSettled<T> implements Delivery<T>, AttemptEnding.Owner {

    private final Job<T> job;
    private final LeasedJob leased;
    private final RetryPolicy policy;
    private final AttemptEnding ending;
    private final AttemptClock clock;
    private final long beganNanos;
    private volatile @Nullable Verdict instead;

    HandSettled(AttemptTools tools, JobType<T> type, LeasedJob leased, RetryPolicy policy) {
        this.leased = leased;
        this.policy = policy;
        this.ending = new AttemptEnding(leased, tools);
        this.job = tools.decoder().decode(leased, type, policy, ending);
        this.clock = tools.clock();
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
        return settle(context -> verdict(outcome, context));
    }

    private Verdict verdict(JobOutcome outcome, ContextView context) {
        AttemptTools tools = ending.tools();
        try {
            return Verdicts.of(tools.followUps().around(outcome, context), leased, policy, tools.encoder());
        } catch (Throwable e) {
            return Verdicts.of(e, leased, policy);
        }
    }

    @Override
    public Mono<Void> fail(Throwable error) {
        return settle(context -> Verdicts.of(error, leased, policy));
    }

    /** It was handed to somebody who threw. */
    void failIfUnsettled(Throwable error) {
        settle(context -> Verdicts.of(error, leased, policy)).subscribe(nothing -> {}, late -> {});
    }

    private Mono<Void> settle(Function<ContextView, Verdict> decide) {
        return Mono.create(sink -> {
            Verdict verdict = decide.apply(sink.contextView());
            if (ending.begins(this)) {
                Throwable broken = ending.settle(this, verdict, policy, recorded -> answer(sink, problem(recorded)));
                if (broken != null) {
                    answer(sink, new IllegalStateException("The outcome of job " + job.id() + " was not sent", broken));
                }
            } else {
                answer(sink, over());
            }
        });
    }

    private @Nullable Exception problem(boolean recorded) {
        if (!recorded) {
            return lost();
        }
        return ending.isRolledBack() ? new CompletionRolledBackException(job.id()) : null;
    }

    private static void answer(MonoSink<Void> sink, @Nullable Exception error) {
        if (error == null) {
            sink.success();
        } else {
            sink.error(error);
        }
    }

    private Exception over() {
        return instead == null && leased.lease().hasLost(jobId())
                ? lost()
                : new IllegalStateException("job " + job.id() + " has already been settled");
    }

    private LeaseLostException lost() {
        return new LeaseLostException(new JobId(jobId()), leased.lease().id());
    }

    @Override
    public long jobId() {
        return leased.job().id();
    }

    @Override
    public void breakOff(@Nullable Verdict verdict) {
        // Before it counts as settled: whoever finds it so reads this.
        instead = verdict;
        if (ending.begins(this)) {
            ending.breakOff(this, verdict);
        }
    }

    @Override
    public void ended(@Nullable Verdict verdict) {
        clock.ended(leased, verdict, beganNanos);
    }
}
