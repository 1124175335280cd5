package io.headrace.benchmarks.features;

import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.benchmarks.headrace.Payload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each job completes with a result. */
record Results() implements Feature {

    /** Some 30 bytes of JSON. */
    private record Receipt(long nr, boolean delivered) {}

    @Override
    public String name() {
        return "result";
    }

    @Override
    public String what() {
        return "a result of 30 bytes";
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return JobHandler.of(
                Payload.TYPE,
                job -> Flux.from(plain.function().apply(job))
                        .then(Mono.fromSupplier(() ->
                                JobOutcome.complete(new Receipt(job.payload().nr(), true)))));
    }
}
