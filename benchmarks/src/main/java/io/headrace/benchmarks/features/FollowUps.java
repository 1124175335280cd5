package io.headrace.benchmarks.features;

import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.benchmarks.headrace.Payload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each job completes with one that follows, which waits where no engine works: only its enqueueing is measured. */
record FollowUps() implements Feature {

    static final String QUEUE = "follow-ups";

    @Override
    public String name() {
        return "follow_up";
    }

    @Override
    public String what() {
        return "a job that follows, which is enqueued and does not run";
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return JobHandler.of(
                Payload.TYPE,
                job -> Flux.from(plain.function().apply(job))
                        .then(Mono.fromSupplier(() -> JobOutcome.completeThen(
                                Payload.TYPE.job(job.payload()).queue(QUEUE)))));
    }
}
