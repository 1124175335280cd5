package io.headrace.engine.client;

import io.headrace.CancelAnswer;
import io.headrace.EnqueueOverflowException;
import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobProducer;
import io.headrace.JobSnapshot;
import io.headrace.JobUpdate;
import io.headrace.NewJob;
import io.headrace.UniqueKeyBusyException;
import io.headrace.engine.claim.Reservation;
import io.headrace.engine.flush.SmartFlush;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.observed.ObservedTransaction;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client. Calls that come at the same time leave in one statement, or in a few at a time if they fill them; if the
 * store refuses the data of one of them, the calls are halved until the guilty one is alone, so that no other gets the
 * error.
 */
public final class JobEnqueuer implements JobClient {

    private static final Logger log = LoggerFactory.getLogger(JobEnqueuer.class);

    /** Fewer than a store has connections, or claims would wait behind enqueues. */
    private static final int MOST_STATEMENTS = 3;

    /** Of JSON in one statement, in characters: more saves no round trip worth having, and is held three times over. */
    static final long MOST_LENGTH = 8 << 20;

    /** Of a stream, how many are asked for before it is known that there is room for them. */
    private static final int STREAM_JOBS_AHEAD = 16;

    private static final int STREAM_JOBS_IN_FLIGHT = 2 * JobId.BLOCK_SIZE - STREAM_JOBS_AHEAD;

    private final JobStore store;
    private final JobEncoder encoder;
    private final int streamJobsInFlight;
    private final EnqueueHost host;
    private final Watches watches;
    private final UnservedQueues unserved;
    private final JobObserver observer;
    private final List<JobInterceptor> interceptors;
    private final WaitingRoom waiting;
    private final SmartFlush<EnqueueCall> batcher = new SmartFlush<>(
            EnqueueCall::size, JobId.BLOCK_SIZE, EnqueueCall::length, MOST_LENGTH, MOST_STATEMENTS, this::flush);
    /** Calls with unique keys have statements of their own: such a one may have to wait for somebody's transaction. */
    private final SmartFlush<EnqueueCall> keyed =
            new SmartFlush<>(EnqueueCall::size, JobId.BLOCK_SIZE, EnqueueCall::length, MOST_LENGTH, 1, this::flush);

    private final BusyKeys busyKeys;
    private final OperatorDesk desk;

    public JobEnqueuer(
            JobStore store, JobEncoder encoder, ClientSettings settings, EnqueueHost host, OperatorDesk desk) {
        this.desk = desk;
        this.store = store;
        this.encoder = encoder;
        this.streamJobsInFlight = Math.min(STREAM_JOBS_IN_FLIGHT, settings.maxWaitingJobs());
        this.waiting = new WaitingRoom(settings.maxWaitingJobs(), settings.maxWaitingLength());
        this.host = host;
        this.observer = settings.observer();
        this.interceptors = settings.interceptors();
        batcher.onBroken(JobEnqueuer::fail);
        keyed.onBroken(JobEnqueuer::fail);
        this.watches = new Watches(store.inspector(), settings.watchInterval(), settings.scheduler());
        this.unserved = new UnservedQueues(store.inspector(), host::serves, settings.scheduler());
        this.busyKeys =
                new BusyKeys(this::writeAlone, keyed::add, waiting::leave, settings.maxKeyWait(), settings.scheduler());
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        Objects.requireNonNull(job, "job");
        Mono<List<Enqueued>> answers = interceptors.isEmpty()
                ? Mono.defer(() -> call(List.of(encoder.encode(job))))
                : Interception.around(interceptors, List.of(job), this::encodeAndCall);
        return answers.map(all -> all.get(0));
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        Objects.requireNonNull(jobs, "jobs");
        return Mono.defer(() -> jobs.isEmpty()
                ? Mono.just(List.of())
                : Interception.around(interceptors, given(jobs), this::encodeAndCall));
    }

    /** A copy, each of them checked. */
    static List<NewJob<?>> given(Collection<? extends NewJob<?>> jobs) {
        List<NewJob<?>> all = new ArrayList<>(jobs.size());
        jobs.forEach(job -> all.add(Objects.requireNonNull(job, "job")));
        return Collections.unmodifiableList(all);
    }

    private Mono<List<Enqueued>> encodeAndCall(List<? extends NewJob<?>> jobs) {
        return Mono.defer(() -> call(encoder.encodeAll(jobs)));
    }

    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        return Flux.from(Objects.requireNonNull(jobs, "jobs"))
                .<NewJob<?>>concatMap(waiting::whenThereIsRoom, STREAM_JOBS_AHEAD)
                .flatMapSequential(this::enqueue, streamJobsInFlight);
    }

    @Override
    public JobProducer in(JobTransaction transaction) {
        Objects.requireNonNull(transaction, "transaction");
        return new TransactionProducer(
                encoder, ObservedTransaction.of(transaction, observer), interceptors, host, unserved);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return store.inspector().find(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return store.inspector().findWithTraces(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Flux<JobUpdate> watch(JobId id) {
        return watches.watch(Objects.requireNonNull(id, "id"));
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return desk.cancel(id);
    }

    private Mono<List<Enqueued>> call(List<EncodedJob> jobs) {
        return Mono.create(caller -> {
            EnqueueCall call = new EnqueueCall(jobs, caller);
            try {
                waiting.enter(call);
            } catch (EnqueueOverflowException e) {
                call.fail(e);
                return;
            }
            if (!call.isKeyed()) {
                batcher.add(call);
            } else if (!busyKeys.takes(call)) {
                keyed.add(call);
            }
        });
    }

    private Mono<Void> flush(List<EnqueueCall> calls) {
        List<EnqueueCall> wanted = new ArrayList<>(calls.size());
        int jobs = 0;
        long length = 0;
        for (EnqueueCall call : calls) {
            jobs += call.size();
            length += call.length();
            if (!call.isCancelled()) {
                wanted.add(call);
            }
        }
        waiting.leave(jobs, length);
        return wanted.isEmpty() ? Mono.empty() : write(wanted);
    }

    /**
     * If the data of one call is refused, or a key that it wants is busy, the calls are halved until that one is alone: no other
     * gets the error or waits for the key.
     */
    private Mono<Void> write(List<EnqueueCall> calls) {
        List<EncodedJob> jobs =
                calls.stream().flatMap(call -> call.jobs().stream()).toList();
        // What takes several statements is not claimed at once.
        boolean isLong = calls.size() == 1 && calls.get(0).length() > MOST_LENGTH;
        Reservation reserved = isLong ? null : host.reserve(jobs);
        Mono<List<Enqueued>> answered = reserved == null
                ? store.intake().enqueue(jobs, host.worker()).doOnNext(answers -> wake(jobs))
                : claimAtOnce(jobs, reserved);
        return answered.doOnNext(answers -> answer(calls, answers)).then().onErrorResume(error -> {
            boolean busy = error instanceof UniqueKeyBusyException;
            if ((busy || error instanceof InvalidJobException) && calls.size() > 1) {
                int middle = calls.size() / 2;
                return Flux.just(calls.subList(0, middle), calls.subList(middle, calls.size()))
                        .concatMap(this::write)
                        .then();
            }
            if (busy) {
                waiting.comeBack(calls.get(0));
                busyKeys.add(calls.get(0));
            } else {
                calls.forEach(call -> call.fail(error));
            }
            return Mono.empty();
        });
    }

    /** Tries a call whose key was busy again. */
    private Mono<Void> writeAlone(EnqueueCall call) {
        return store.intake()
                .enqueue(call.jobs(), host.worker())
                .doOnNext(answers -> {
                    wake(call.jobs());
                    call.answer(answers);
                })
                .then()
                .onErrorResume(error -> {
                    if (error instanceof UniqueKeyBusyException) {
                        return Mono.error(error);
                    }
                    call.fail(error);
                    return Mono.empty();
                });
    }

    private Mono<List<Enqueued>> claimAtOnce(List<EncodedJob> jobs, Reservation reserved) {
        return Mono.defer(() -> store.intake().enqueueAndClaim(jobs, reserved.request()))
                .doOnError(error -> reserved.end(List.of()))
                .map(answer -> {
                    reserved.end(answer.claimed());
                    if (answer.claimed().isEmpty()) {
                        wake(jobs);
                    }
                    return answer.enqueued();
                });
    }

    /** Before the callers are answered, who may do anything on this thread. */
    private void wake(List<EncodedJob> jobs) {
        unserved.enqueued(jobs);
        dueQueues(jobs).forEach(host::enqueued);
    }

    /** The queues that get a job which may be due. */
    static Set<String> dueQueues(List<EncodedJob> jobs) {
        Set<String> queues = new HashSet<>();
        jobs.forEach(job -> {
            if (job.delay().isZero()) {
                queues.add(job.queue());
            }
        });
        return queues;
    }

    private static void fail(List<EnqueueCall> calls, Throwable error) {
        log.error("{} calls could not be enqueued", calls.size(), ErrorText.readable(error));
        calls.forEach(call -> call.fail(error));
    }

    private static void answer(List<EnqueueCall> calls, List<Enqueued> answers) {
        int from = 0;
        for (EnqueueCall call : calls) {
            call.answer(answers.subList(from, from + call.size()));
            from += call.size();
        }
    }
}
