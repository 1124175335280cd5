package io.headrace.engine.client;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobProducer;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.NewJob;
import io.headrace.engine.observed.ObservedTransaction;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobEnd;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.SignalStore;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client: encodes what it is given, lets interceptors around it, and hands it to {@link EnqueueFlush}. Thread-safe. */
public final class JobEnqueuer implements JobClient {

    /** Of a stream, how many are asked for before it is known that there is room for them. */
    private static final int STREAM_JOBS_AHEAD = 16;

    private static final int STREAM_JOBS_IN_FLIGHT = 2 * JobId.BLOCK_SIZE - STREAM_JOBS_AHEAD;

    private final JobInspector inspector;
    private final JobEncoder encoder;
    private final int streamJobsInFlight;
    private final EnqueueHost host;
    private final Watches watches;
    private final JobEnds ends;
    private final StoredValues values;
    private final UnservedQueues unserved;
    private final JobObserver observer;
    private final List<JobInterceptor> interceptors;
    private final WaitingRoom waiting;
    private final EnqueueFlush flush;
    private final JobCanceller canceller;
    private final SignalStore signals;
    private final SignalSender sender;

    public JobEnqueuer(
            JobStore store,
            JobEncoder encoder,
            ClientSettings settings,
            EnqueueHost host,
            JobCanceller canceller,
            Watches watches,
            JobEnds ends) {
        this.canceller = canceller;
        this.signals = store.signals();
        this.sender = new SignalSender(encoder.values(), settings.interceptors());
        this.inspector = store.inspector();
        this.encoder = encoder;
        this.streamJobsInFlight = Math.min(STREAM_JOBS_IN_FLIGHT, settings.maxWaitingJobs());
        this.waiting = new WaitingRoom(settings.maxWaitingJobs(), settings.maxWaitingLength());
        this.host = host;
        this.observer = settings.observer();
        this.interceptors = settings.interceptors();
        this.watches = watches;
        this.ends = ends;
        this.values = encoder.values();
        this.unserved = new UnservedQueues(inspector, host::serves, settings.scheduler());
        this.flush = new EnqueueFlush(store.intake(), waiting, settings, host, unserved);
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        Objects.requireNonNull(job, "job");
        Mono<List<Enqueued>> answers = interceptors.isEmpty()
                ? Mono.defer(() -> flush.add(List.of(encoder.encode(job))))
                : Interception.around(interceptors, List.of(job), this::encodeAndCall);
        return answers.map(all -> all.get(0));
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        Objects.requireNonNull(jobs, "jobs");
        return Mono.defer(() -> jobs.isEmpty()
                ? Mono.just(List.of())
                : Interception.aroundAll(interceptors, jobs, this::encodeAndCall));
    }

    private Mono<List<Enqueued>> encodeAndCall(List<? extends NewJob<?>> jobs) {
        return Mono.defer(() -> flush.add(encoder.encodeAll(jobs)));
    }

    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return Flux.from(Objects.requireNonNull(jobs, "jobs"))
                .<NewJob<?>>concatMap(waiting::whenThereIsRoom, STREAM_JOBS_AHEAD)
                .flatMapSequential(this::enqueue, streamJobsInFlight);
    }

    /** Jobs have been enqueued with outcomes of this engine's jobs, those without a key for certain. */
    public void followed(List<EncodedJob> jobs) {
        unserved.enqueued(jobs);
        if (observer != JobObserver.NONE) {
            jobs.stream()
                    .filter(job -> job.key() == null)
                    .forEach(job -> observer.enqueued(job.queue(), job.kind(), true));
        }
        DueQueues.of(jobs).forEach(host::enqueued);
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        return sender.send(Objects.requireNonNull(key, "key"), value, signals::signal);
    }

    @Override
    public JobProducer in(JobTransaction transaction) {
        Objects.requireNonNull(transaction, "transaction");
        return new TransactionProducer(
                encoder, ObservedTransaction.of(transaction, observer), interceptors, host, unserved, sender);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return inspector.find(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return inspector.findWithTraces(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Flux<JobUpdate> watch(JobId id) {
        return watches.watch(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Mono<JobUpdate> await(JobId id) {
        return ends.end(Objects.requireNonNull(id, "id"), false).map(JobEnd::update);
    }

    @Override
    public <T> Mono<T> await(JobId id, Class<T> type) {
        return awaitGeneric(id, type);
    }

    @Override
    public <T> Mono<T> awaitGeneric(JobId id, Type type) {
        Objects.requireNonNull(type, "type");
        return ends.end(Objects.requireNonNull(id, "id"), true).flatMap(end -> result(end, type));
    }

    @SuppressWarnings("unchecked") // the codec was asked for this type
    private <T> Mono<T> result(JobEnd end, Type type) {
        JobUpdate update = end.update();
        if (update.state() != JobState.COMPLETED) {
            return Mono.error(new JobNotCompletedException(update.id(), update.state(), update.failure()));
        }
        return end.result() == null ? Mono.empty() : Mono.just((T) values.readResult(update.id(), end.result(), type));
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return canceller.cancel(id).doOnNext(answer -> ends.mayHaveChanged(id));
    }
}
