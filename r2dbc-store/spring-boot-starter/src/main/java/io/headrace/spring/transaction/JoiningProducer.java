package io.headrace.spring.transaction;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.headrace.NewJob;
import io.headrace.signal.SignalAnswer;
import io.headrace.spring.NoTransactionException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Enqueues in the transaction that each subscriber is in, if it is in one. Thread-safe. */
final class JoiningProducer implements JobProducer {

    private final Supplier<? extends JobClient> client;
    private final CurrentTransaction current;
    private final boolean required;

    JoiningProducer(Supplier<? extends JobClient> client, CurrentTransaction current, boolean required) {
        this.client = client;
        this.current = current;
        this.required = required;
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        return producer().flatMap(producer -> producer.enqueue(job));
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        return producer().flatMap(producer -> producer.enqueueAll(jobs));
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        return producer().flatMap(producer -> producer.signal(key, value));
    }

    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return producer().flatMapMany(producer -> producer.enqueueAll(jobs));
    }

    private Mono<JobProducer> producer() {
        return current.find()
                .map(transaction -> client.get().in(transaction))
                .switchIfEmpty(Mono.defer(
                        () -> required ? Mono.error(new NoTransactionException()) : Mono.just(client.get())));
    }
}
