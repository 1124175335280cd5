package io.headrace.engine;

import io.headrace.Enqueued;
import io.headrace.JobProducer;
import io.headrace.NewJob;
import io.headrace.spi.JobTransaction;
import java.util.Collection;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Enqueues in a transaction of the caller's, a statement for each call. */
final class TransactionProducer implements JobProducer {

    private static final int STREAM_BATCH = 500;

    private final JobEncoder encoder;
    private final JobTransaction transaction;

    TransactionProducer(JobEncoder encoder, JobTransaction transaction) {
        this.encoder = encoder;
        this.transaction = transaction;
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        return Mono.defer(() -> transaction.enqueue(List.of(encoder.encode(job))))
                .map(answers -> answers.get(0));
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        return Mono.defer(() -> jobs.isEmpty() ? Mono.just(List.of()) : transaction.enqueue(encoder.encodeAll(jobs)));
    }

    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return Flux.from(jobs)
                .buffer(STREAM_BATCH)
                .concatMap(this::enqueueAll, 1)
                .concatMapIterable(answers -> answers);
    }
}
