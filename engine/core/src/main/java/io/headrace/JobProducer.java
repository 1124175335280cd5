package io.headrace;

import java.util.Collection;
import java.util.List;
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
     * Enqueues a stream of jobs, each as with {@link #enqueue}. The source is requested at the store's pace: at most
     * 2,048 jobs are in flight. The first error ends the stream. The jobs before the one that caused it are enqueued,
     * and those in flight with it may be.
     *
     * @return the results in the order of the jobs
     */
    Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs);
}
