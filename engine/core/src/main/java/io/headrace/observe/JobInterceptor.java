package io.headrace.observe;

import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.NewJob;
import io.headrace.signal.SignalAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Wraps each call that enqueues, each attempt of a handler, and each call of a batch handler. It may add headers to jobs and a context to a handler's
 * subscription. Used for traces. Implementations must be thread-safe.
 */
public interface JobInterceptor {

    /**
     * Wraps a call that enqueues one or more jobs.
     *
     * <p>Also called for the follow-ups of an outcome ({@link io.headrace.JobOutcome#completeThen}), when the handler emits it and
     * with the context of its publisher. They are enqueued later, together with the outcome: {@code next} must then be called
     * without waiting for anything, does not answer, and the result is cancelled.
     *
     * @param jobs the jobs as the caller created them
     * @param next enqueues jobs, once per subscription; must be called with as many jobs, in the same order
     * @return the result for the caller; runs on subscription, with the caller's context
     */
    default Mono<List<Enqueued>> enqueue(
            List<? extends NewJob<?>> jobs, Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
        return next.apply(jobs);
    }

    /**
     * Wraps a call that sends a signal.
     *
     * @param key the key of the signal
     * @param next sends the signal with headers, once per subscription
     * @return the result for the caller; runs on subscription, with the caller's context
     */
    default Mono<SignalAnswer> signal(String key, Function<Map<String, String>, Mono<SignalAnswer>> next) {
        return next.apply(Map.of());
    }

    /**
     * Runs when a handler reads a signal that has headers, with the context of the handler's subscription, and before the
     * handler gets the answer. Used to link the trace of the signal to that of the attempt. An error is the handler's.
     *
     * @param headers what interceptors have added to the signal
     */
    default Mono<Void> signalRead(String key, Map<String, String> headers) {
        return Mono.empty();
    }

    /**
     * Wraps an attempt of a handler of single jobs, on the thread that calls the handler. The engine subscribes to the result on the same thread.
     * An exception thrown by this method is treated as thrown by the handler.
     *
     * @param handler the handler's function; may throw, and returns {@code null} if it violates its contract
     * @return the handler's publisher, or one that passes on everything it emits, in particular
     *     {@link io.headrace.JobOutcome}s
     */
    default <T> Publisher<?> run(Job<T> job, Function<? super Job<T>, ? extends Publisher<?>> handler) {
        return handler.apply(job);
    }

    /**
     * Wraps a call of a batch handler, as {@link #run} wraps an attempt.
     *
     * @param handler the handler's function; may throw, and returns {@code null} if it violates its contract
     * @return the handler's publisher, or one that passes on everything it emits, in particular
     *     {@link io.headrace.BatchOutcome}s
     */
    default <T> Publisher<?> runBatch(
            JobBatch<T> batch, Function<? super JobBatch<T>, ? extends Publisher<?>> handler) {
        return handler.apply(batch);
    }

    /**
     * Wraps the work of a step, when it runs in an attempt. Not called for a step that an earlier attempt has recorded.
     *
     * @param work runs the work, once per subscription, in the context of the handler
     * @return {@code work}, or what passes on what it emits
     */
    default <T> Mono<T> step(StepCall step, Mono<T> work) {
        return work;
    }
}
