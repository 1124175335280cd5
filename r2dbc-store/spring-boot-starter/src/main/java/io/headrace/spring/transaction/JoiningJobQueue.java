package io.headrace.spring.transaction;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobProducer;
import io.headrace.JobQueue;
import io.headrace.JobSnapshot;
import io.headrace.JobTotals;
import io.headrace.JobUpdate;
import io.headrace.NewJob;
import io.headrace.QueueSnapshot;
import io.headrace.RetryReport;
import io.headrace.WorkerSnapshot;
import io.headrace.spi.JobTransaction;
import io.headrace.spring.TransactionalJobQueue;
import io.r2dbc.spi.Connection;
import java.util.Collection;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client that is injected. Beans get it before there is an engine, whose handlers they may be: until the engine is
 * there a plain client serves, afterwards the engine's own, whose jobs reach a waiting handler without a poll. Thread-safe.
 */
public final class JoiningJobQueue implements TransactionalJobQueue {

    private volatile JobQueue queue;
    private final CurrentTransaction current;
    private final JobProducer producer;
    private final JobProducer requiring;
    private final JobProducer ignoring;

    /** @param plain serves until there is an engine */
    public JoiningJobQueue(JobQueue plain, CurrentTransaction current, Joining joining) {
        this.queue = plain;
        this.current = current;
        JobProducer joiningIfAny = new JoiningProducer(() -> queue, current, false);
        this.requiring = new JoiningProducer(() -> queue, current, true);
        this.ignoring = new JoiningProducer(() -> queue, CurrentTransaction.NONE, false);
        this.producer = switch (joining) {
            case JOIN -> joiningIfAny;
            case REQUIRE -> requiring;
            case IGNORE -> ignoring;
        };
    }

    /** From now on the client of an engine serves. */
    public void use(JobQueue engines) {
        queue = engines;
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
        return queue.in(current.of(connection));
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
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return producer.enqueueAll(jobs);
    }

    @Override
    public JobProducer in(JobTransaction transaction) {
        return queue.in(transaction);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return queue.find(id);
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return queue.findWithTraces(id);
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return queue.cancel(id);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return queue.retryFailed(which);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return queue.discard(which);
    }

    @Override
    public Flux<JobTotals> totals() {
        return queue.totals();
    }

    @Override
    public Flux<JobUpdate> watch(JobId id) {
        return queue.watch(id);
    }

    @Override
    public Mono<Void> pause(String name) {
        return queue.pause(name);
    }

    @Override
    public Mono<Void> resume(String name) {
        return queue.resume(name);
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return queue.queues();
    }

    @Override
    public Flux<WorkerSnapshot> workers() {
        return queue.workers();
    }

    @Override
    public Mono<AuditReport> audit() {
        return queue.audit();
    }
}
