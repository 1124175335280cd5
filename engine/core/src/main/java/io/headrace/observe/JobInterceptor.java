package io.headrace.observe;

import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.NewJob;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Stands around each call that enqueues and around each attempt of a handler, and may add to them: headers to jobs, a context
 * to a handler's subscription. For traces. Thread-safe.
 */
public interface JobInterceptor {

    /**
     * Around one call that enqueues, of one job or of several.
     *
     * @param jobs as the caller made them
     * @param next enqueues jobs, once for each subscription; to be given as many, in their order
     * @return what the caller gets; runs when it is subscribed to, with the caller's context
     */
    default Mono<List<Enqueued>> enqueue(
            List<? extends NewJob<?>> jobs, Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
        return next.apply(jobs);
    }

    /**
     * Around one attempt, on the thread that calls the handler; the engine subscribes to the answer there too. What it throws,
     * the handler has thrown.
     *
     * @param handler the handler's function; may throw, and answers {@code null} if it is at fault
     * @return the handler's publisher, or one that passes on what it emits, {@link io.headrace.JobOutcome}s above all
     */
    default <T> Publisher<?> run(Job<T> job, Function<? super Job<T>, ? extends Publisher<?>> handler) {
        return handler.apply(job);
    }
}
