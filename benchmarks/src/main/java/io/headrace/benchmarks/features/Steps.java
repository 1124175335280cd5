package io.headrace.benchmarks.features;

import io.headrace.JobHandler;
import io.headrace.benchmarks.headrace.Payload;
import reactor.core.publisher.Mono;

/** Each job records one step. */
record Steps() implements Feature {

    @Override
    public String name() {
        return "step";
    }

    @Override
    public String what() {
        return "one step, which returns a number";
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return JobHandler.of(
                Payload.TYPE,
                job -> job.step(
                                "reserve",
                                Long.class,
                                () -> Mono.just(job.payload().sequence()))
                        .then(Mono.from(plain.function().apply(job)).then()));
    }
}
