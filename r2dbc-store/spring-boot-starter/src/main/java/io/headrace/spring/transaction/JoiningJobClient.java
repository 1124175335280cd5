package io.headrace.spring.transaction;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobProducer;
import io.headrace.JobSnapshot;
import io.headrace.JobUpdate;
import io.headrace.NewJob;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.JobTransaction;
import io.headrace.spring.NoTransactionException;
import io.headrace.spring.TransactionalJobClient;
import io.r2dbc.spi.Connection;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The injected client. Beans need it before the engine exists, because they may be its handlers. It delegates to a
 * plain client until then, and to the engine's own client afterwards, whose jobs reach an idle handler without a poll.
 * Thread-safe.
 */
public final class JoiningJobClient implements TransactionalJobClient {

    private volatile JobClient client;
    private final CurrentTransaction current;
    private final JobProducer producer;
    private final JobProducer requiring;
    private final JobProducer ignoring;

    /** @param plain the delegate until there is an engine */
    public JoiningJobClient(JobClient plain, CurrentTransaction current, Joining joining) {
        this.client = plain;
        this.current = current;
        JobProducer joiningIfAny = new JoiningProducer(() -> client, current, false);
        this.requiring = new JoiningProducer(() -> client, current, true);
        this.ignoring = new JoiningProducer(() -> client, CurrentTransaction.NONE, false);
        this.producer = switch (joining) {
            case JOIN -> joiningIfAny;
            case REQUIRE -> requiring;
            case IGNORE -> ignoring;
        };
    }

    /** Delegates to the client of an engine from now on. */
    public void use(JobClient engines) {
        client = engines;
    }

    @Override
    public JobProducer requiringTransaction() {
        return requiring;
    }

    @Override
    public JobProducer ignoringTransaction() {
        return ignoring;
    }

    @Override
    public JobProducer in(Connection connection) {
        return client.in(current.of(connection));
    }

    @Override
    public Mono<JobTransaction> transaction() {
        return current.find().switchIfEmpty(Mono.error(NoTransactionException::new));
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        return producer.enqueue(job);
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        return producer.enqueueAll(jobs);
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        return producer.signal(key, value);
    }

    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return producer.enqueueAll(jobs);
    }

    @Override
    public JobProducer in(JobTransaction transaction) {
        return client.in(transaction);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return client.find(id);
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return client.findWithTraces(id);
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return client.cancel(id);
    }

    @Override
    public Flux<JobUpdate> watch(JobId id) {
        return client.watch(id);
    }

    @Override
    public Mono<JobUpdate> await(JobId id) {
        return client.await(id);
    }

    @Override
    public <T> Mono<T> await(JobId id, Class<T> type) {
        return client.await(id, type);
    }

    @Override
    public <T> Mono<T> awaitGeneric(JobId id, Type type) {
        return client.awaitGeneric(id, type);
    }
}
