package io.headrace.benchmarks.features;

import io.headrace.JobHandler;
import io.headrace.benchmarks.headrace.Payload;
import reactor.core.publisher.Flux;

/** A batch handler does what the handler of single jobs does, for each job of a call. */
record BatchCalls() implements Feature {

    private static final int MOST = 50;

    @Override
    public String name() {
        return "batch_handler";
    }

    @Override
    public String what() {
        return "a batch handler, 50 jobs in a call";
    }

    @Override
    public JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return JobHandler.batch(
                Payload.TYPE,
                settings -> settings.most(MOST),
                batch -> Flux.fromIterable(batch).concatMap(plain.function()));
    }
}
