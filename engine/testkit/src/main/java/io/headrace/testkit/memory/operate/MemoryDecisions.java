package io.headrace.testkit.memory.operate;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.WakeUp;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Carries out what people decide. */
public final class MemoryDecisions implements JobDecisions {

    private final Steps steps;
    private final Contents contents;

    public MemoryDecisions(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return steps.step(now -> decide(now).cancel(id));
    }

    @Override
    public Mono<Boolean> runNow(JobId id) {
        return steps.step(now -> decide(now).runNow(id));
    }

    @Override
    public Mono<Void> pause(String queue) {
        return steps.run(now -> contents.paused().putIfAbsent(queue, now));
    }

    @Override
    public Mono<Void> resume(String queue) {
        return steps.run(now -> contents.paused().remove(queue))
                .doOnSuccess(done -> contents.wakeUps().announce(Set.of(new WakeUp.Due(queue))));
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return steps.step(now -> decide(now).retry(which));
    }

    @Override
    public Mono<JobId> probe(FailedJobs which) {
        return steps.step(now -> decide(now).probe(which)).flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return steps.step(now -> decide(now).discard(which));
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return steps.step(now -> decide(now).prune(retention));
    }

    @Override
    public Mono<Long> pruneCompleted(Duration retention) {
        return steps.step(now -> decide(now).pruneCompleted(retention));
    }

    private DecideStep decide(Instant now) {
        return new DecideStep(contents.places(), contents.workers(), now);
    }
}
