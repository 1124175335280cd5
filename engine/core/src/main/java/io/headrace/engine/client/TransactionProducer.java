package io.headrace.engine.client;

import io.headrace.Enqueued;
import io.headrace.JobProducer;
import io.headrace.NewJob;
import io.headrace.engine.claim.CommitHold;
import io.headrace.observe.JobInterceptor;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Enqueues in a transaction of the caller's, a statement for each call. */
final class TransactionProducer implements JobProducer {

    private static final int STREAM_BATCH = 500;

    private final JobEncoder encoder;
    private final JobTransaction transaction;
    private final List<JobInterceptor> interceptors;
    private final EnqueueHost host;
    private final UnservedQueues unserved;
    private final SignalSender sender;

    TransactionProducer(
            JobEncoder encoder,
            JobTransaction transaction,
            List<JobInterceptor> interceptors,
            EnqueueHost host,
            UnservedQueues unserved,
            SignalSender sender) {
        this.encoder = encoder;
        this.transaction = transaction;
        this.interceptors = interceptors;
        this.host = host;
        this.unserved = unserved;
        this.sender = sender;
    }

    @Override
    public <T> Mono<Enqueued> enqueue(NewJob<T> job) {
        return enqueueAll(List.of(Objects.requireNonNull(job, "job"))).map(answers -> answers.get(0));
    }

    @Override
    public Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs) {
        Objects.requireNonNull(jobs, "jobs");
        return Mono.defer(() -> jobs.isEmpty()
                ? Mono.just(List.of())
                : Interception.aroundAll(interceptors, jobs, all -> Mono.defer(() -> write(encoder.encodeAll(all)))));
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        return sender.send(Objects.requireNonNull(key, "key"), value, transaction::signal);
    }

    private Mono<List<Enqueued>> write(List<EncodedJob> jobs) {
        CommitHold hold = hold(jobs);
        if (hold != null) {
            return transaction
                    .enqueueAndClaim(jobs, hold.request())
                    .doOnError(error -> hold.failed())
                    .map(answer -> {
                        hold.answered(answer.claimed());
                        return answer.enqueued();
                    })
                    // A caller who cancels may commit all the same, so the statement and its answer must not be lost.
                    .cache();
        }
        long worker = host.worker();
        boolean told = worker != 0 && transaction.afterCommit(new Wake(host, DueQueues.of(jobs)));
        return transaction.enqueue(jobs, told ? worker : 0).doOnNext(answers -> unserved.enqueued(jobs));
    }

    /** Slots for the jobs, if the transaction says when they may start. What takes several statements is not leased. */
    private @Nullable CommitHold hold(List<EncodedJob> jobs) {
        if (!transaction.reportsCommit() || isLong(jobs)) {
            return null;
        }
        CommitHold hold = host.hold(jobs);
        if (hold == null) {
            return null;
        }
        transaction.afterRollback(hold::rolledBack);
        if (!transaction.afterCommit(hold::committed)) {
            hold.rolledBack();
            return null;
        }
        return hold;
    }

    private static boolean isLong(List<EncodedJob> jobs) {
        long length = 0;
        for (EncodedJob job : jobs) {
            length += job.length();
        }
        return length > EnqueueCall.MOST_LENGTH;
    }

    private record Wake(EnqueueHost host, Map<String, Duration> queues) implements Runnable {
        @Override
        public void run() {
            queues.forEach(host::committed);
        }
    }

    /** Cut by what the jobs weigh, as far as they can be encoded before they are gathered: interceptors take them as they come. */
    @Override
    public Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs) {
        Objects.requireNonNull(jobs, "jobs");
        Flux<List<Enqueued>> answers = interceptors.isEmpty()
                ? Flux.defer(() -> Flux.from(jobs)
                        .<EncodedJob>map(encoder::encode)
                        .bufferUntil(new Filling())
                        .concatMap(this::write, 1))
                : Flux.from(jobs).buffer(STREAM_BATCH).concatMap(this::enqueueAll, 1);
        return answers.concatMapIterable(all -> all);
    }

    /** Whether a job is the last that a statement takes. */
    private static final class Filling implements Predicate<EncodedJob> {

        private int jobs;
        private long length;

        @Override
        public boolean test(EncodedJob job) {
            jobs++;
            length += job.length();
            boolean full = jobs == STREAM_BATCH || length >= EnqueueCall.MOST_LENGTH;
            if (full) {
                jobs = 0;
                length = 0;
            }
            return full;
        }
    }
}
