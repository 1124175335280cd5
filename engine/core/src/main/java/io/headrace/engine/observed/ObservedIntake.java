package io.headrace.engine.observed;

import io.headrace.Enqueued;
import io.headrace.observe.StoreCall;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobIntake;
import java.util.List;
import reactor.core.publisher.Mono;

/** An intake of which an observer is told. */
record ObservedIntake(JobIntake intake, ObservedCalls calls) implements JobIntake {

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return calls.told(StoreCall.ENQUEUE, () -> intake.enqueue(jobs, by), List::size)
                .doOnNext(answers -> calls.enqueued(jobs, answers));
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return calls.told(StoreCall.ENQUEUE, () -> intake.enqueueAndClaim(jobs, request), answer -> jobs.size())
                .doOnNext(answer -> calls.enqueued(jobs, answer.enqueued()));
    }
}
