package io.headrace.engine;

import io.headrace.Enqueued;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store whose calls {@linkplain GuardedCall signal} whatever goes wrong, and that tells an observer of each, what it brought
 * and how long it took.
 */
final class ObservedStore implements JobStore {

    private final JobStore store;
    private final JobObserver observer;
    private final @Nullable Outage outage;

    private ObservedStore(JobStore store, JobObserver observer, @Nullable Outage outage) {
        this.outage = outage;
        this.store = store;
        this.observer = observer;
    }

    static JobStore of(JobStore store, JobObserver observer) {
        return new ObservedStore(store, observer, null);
    }

    /** @param outage is told when calls fail and when they are answered again */
    static JobStore of(JobStore store, JobObserver observer, Outage outage) {
        return new ObservedStore(store, observer, outage);
    }

    static JobTransaction of(JobTransaction transaction, JobObserver observer) {
        return observer == JobObserver.NONE ? transaction : new ObservedTransaction(transaction, observer);
    }

    private record ObservedTransaction(JobTransaction transaction, JobObserver observer) implements JobTransaction {

        @Override
        public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
            return told(observer, StoreCall.ENQUEUE, () -> transaction.enqueue(jobs, by), List::size)
                    .doOnNext(answers -> tell(observer, jobs, answers));
        }

        @Override
        public boolean afterCommit(Runnable action) {
            return transaction.afterCommit(action);
        }
    }

    /** @param jobs how many were in the call, by its answer */
    static <T> Mono<T> told(JobObserver observer, StoreCall call, Supplier<Mono<T>> asked, ToLongFunction<T> jobs) {
        Mono<T> guarded = GuardedCall.of(asked);
        if (observer == JobObserver.NONE) {
            return guarded;
        }
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return guarded.doOnNext(answer -> observer.answered(call, jobs.applyAsLong(answer), since(began)))
                    .doOnError(error -> observer.failed(call, error, since(began)));
        });
    }

    private <T> Mono<T> watched(StoreCall call, Supplier<Mono<T>> asked, ToLongFunction<T> jobs) {
        Mono<T> told = told(observer, call, asked, jobs);
        Outage watch = outage;
        return watch == null
                ? told
                : told.doOnNext(answer -> watch.answered(call)).doOnError(error -> watch.failed(call, error));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void tell(JobObserver observer, List<EncodedJob> jobs, List<Enqueued> answers) {
        if (observer == JobObserver.NONE) {
            return;
        }
        for (int i = 0; i < jobs.size(); i++) {
            EncodedJob job = jobs.get(i);
            observer.enqueued(job.queue(), job.kind(), answers.get(i).created());
        }
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return told(observer, StoreCall.ENQUEUE, () -> store.enqueue(jobs, by), List::size)
                .doOnNext(answers -> tell(observer, jobs, answers));
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return told(observer, StoreCall.ENQUEUE, () -> store.enqueueAndClaim(jobs, request), answer -> jobs.size())
                .doOnNext(answer -> tell(observer, jobs, answer.enqueued()));
    }

    @Override
    public Mono<Long> register(String name, Set<String> queues, Duration expiry, boolean wasAway) {
        return GuardedCall.of(() -> store.register(name, queues, expiry, wasAway));
    }

    @Override
    public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
        return watched(
                StoreCall.HEARTBEAT,
                () -> store.heartbeat(request),
                reply -> reply.cancelled().size());
    }

    @Override
    public Mono<Void> unregister(long worker) {
        return GuardedCall.of(() -> store.unregister(worker));
    }

    @Override
    public Mono<Void> markWaiting(long worker, String queue) {
        return GuardedCall.of(() -> store.markWaiting(worker, queue));
    }

    @Override
    public Mono<Claim> claim(ClaimRequest request) {
        return watched(
                StoreCall.CLAIM,
                () -> store.claim(request),
                claim -> claim.jobs().size());
    }

    @Override
    public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
        return told(observer, StoreCall.PAYLOADS, () -> store.payloads(requests), List::size);
    }

    @Override
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return watched(StoreCall.SETTLE, () -> store.settle(worker, settlements), late -> settlements.size());
    }

    @Override
    public Mono<SweepReport> sweep(long worker) {
        return told(observer, StoreCall.SWEEP, () -> store.sweep(worker), report -> report.returned() + report.buried())
                .doOnNext(report -> {
                    if (!report.isIdle()) {
                        observer.swept(report);
                    }
                });
    }

    @Override
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return GuardedCall.of(() -> store.note(worker, notes));
    }

    @Override
    public Flux<String> wakeUps() {
        return store.wakeUps();
    }

    @Override
    public JobInspector inspector() {
        return store.inspector();
    }

    @Override
    public JobDecisions decisions() {
        return new ObservedDecisions(store.decisions(), observer);
    }
}
