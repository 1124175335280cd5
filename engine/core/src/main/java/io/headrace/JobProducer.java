package io.headrace;

import java.util.Collection;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where jobs are enqueued: a {@link JobClient}, or one in a transaction of the caller's. */
public interface JobProducer {

    /**
     * Enqueues a job for each subscription.
     *
     * @return the new job's id, or the id of the job that already has its unique key. Errors with an
     *     {@link InvalidJobException} if the payload cannot be written as JSON that the store takes or is over the limit,
     *     an {@link UnknownKindException} if this queue belongs to an engine without a handler for the kind, an
     *     {@link EnqueueOverflowException} if too many jobs wait to be written, a {@link StoreException} if the store
     *     fails; in each case the job is not enqueued, save that it may be if the connection broke before the store's answer
     *     came
     */
    <T> Mono<Enqueued> enqueue(NewJob<T> job);

    /**
     * Enqueues all of the jobs or, in case of an error (as of {@link #enqueue}), none.
     *
     * @return the answers in the order of the jobs
     */
    Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs);

    /**
     * Enqueues a stream, each job as by {@link #enqueue}. The store's pace is the source's demand: at most 2,048 jobs are on
     * their way. The first error ends the stream; the jobs before the one that caused it are enqueued, and those that were
     * on their way with it may be.
     *
     * @return the answers in the order of the jobs
     */
    Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs);
}
