package io.headrace.testkit.memory.operate;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import io.headrace.spi.JobDecisions;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.WakeUps;
import io.headrace.testkit.memory.places.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Carries out what people decide. */
public final class MemoryDecisions implements JobDecisions {

    private final Steps steps;
    private final JobPlaces places;
    private final Workers workers;
    private final Set<String> paused;
    private final WakeUps wakeUps;

    /**
     * Decides about what stands in these.
     *
     * @param paused the queues that are; changed by {@link #pause} and {@link #resume}
     */
    public MemoryDecisions(Steps steps, JobPlaces places, Workers workers, Set<String> paused, WakeUps wakeUps) {
        this.steps = steps;
        this.places = places;
        this.workers = workers;
        this.paused = paused;
        this.wakeUps = wakeUps;
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return steps.step(now -> decide(now).cancel(id));
    }

    @Override
    public Mono<Void> pause(String queue) {
        return steps.run(now -> paused.add(queue));
    }

    @Override
    public Mono<Void> resume(String queue) {
        return steps.step(now -> paused.remove(queue))
                .doOnNext(wasPaused -> wakeUps.announce(Set.of(queue)))
                .then();
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return steps.step(now -> decide(now).retry(which));
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
        return new DecideStep(places, workers, now);
    }
}
