package io.headrace;

import io.headrace.signal.SignalAnswer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Enqueues jobs: a {@link JobClient}, or a producer in the caller's transaction. */
public interface JobProducer {

    /**
     * Enqueues a job, once per subscription.
     *
     * @return the id of the new job, or of the existing job because of which none was created, see
     *     {@link Enqueued#reason}. Fails with an
     *     {@link InvalidJobException} if the payload cannot be written as JSON that the store accepts or exceeds the
     *     limit, an {@link UnknownKindException} if this producer belongs to an engine without a handler for the kind,
     *     an {@link EnqueueOverflowException} if too many jobs wait to be written, or a {@link StoreException} if the
     *     store fails. In each case the job is not enqueued, except that it may be if the connection broke before the
     *     store's answer arrived
     */
    <T> Mono<Enqueued> enqueue(NewJob<T> job);

    /**
     * Enqueues all of the jobs or, on error, none. The errors are those of {@link #enqueue}.
     *
     * @return the results in the order of the jobs
     */
    Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs);

    /**
     * Sends a signal, once per subscription: makes the jobs due that wait for it ({@link JobOutcome#await}), in whichever
     * process they run. A key is signalled once: the first signal counts, and is kept for the retention
     * ({@link JobEngine.Builder#signalRetention}) and as long as a job that has waited for it or read it. Jobs that ask later
     * get it, too.
     *
     * <p>In a transaction of the caller's, the signal exists and jobs are woken once the transaction commits. The transaction
     * must be in READ COMMITTED. Until it ends, other signals with the same key wait, and jobs that are about to wait for the
     * key run again every second. Each signal holds an advisory lock of the database until the end of the transaction. Two
     * transactions that send the same signals in different orders may deadlock.
     *
     * @param key what jobs wait for, 1 to {@link JobConstraints#SIGNAL_KEY_CHARACTERS} characters
     * @param value written as JSON, at most {@link JobConstraints#VALUE_BYTES} bytes as it is stored; {@code null} for none
     * @return what became of it. Fails with an {@link InvalidJobException} if the key is invalid, an
     *     {@link InvalidValueException} if the value cannot be written or is too long, a
     *     {@link io.headrace.signal.SignalBusyException} if an open transaction has sent the same key, a
     *     {@link io.headrace.signal.SignalIsolationException} in a transaction of another isolation level, or a
     *     {@link StoreException} if the store fails
     */
    Mono<SignalAnswer> signal(String key, @Nullable Object value);

    /** Sends a signal without a value, see {@link #signal(String, Object)}. */
    default Mono<SignalAnswer> signal(String key) {
        return signal(key, null);
    }

    /**
     * Enqueues a stream of jobs, each as with {@link #enqueue}. The source is requested at the store's pace: at most
     * 2,048 jobs are in flight. The first error ends the stream. The jobs before the one that caused it are enqueued,
     * and those in flight with it may be.
     *
     * @return the results in the order of the jobs
     */
    Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs);
}
