package io.headrace.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a handler: on a method of a bean, or on a bean that is a function.
 *
 * <p>A <b>method</b> takes a single parameter: the payload, or the {@code Job<T>} that contains it. The return type
 * determines how it runs:
 *
 * <ul>
 *   <li>a {@code Mono}, {@code Flux} or other {@code Publisher}: subscribed on {@code Schedulers.parallel()}, must not
 *       block; the job is completed when the publisher completes
 *   <li>a {@code CompletionStage}: likewise; the job is completed when the stage completes
 *   <li>anything else, including {@code void}: may block; runs on a separate thread, as with {@code JobHandler.blocking}
 * </ul>
 *
 * <pre>{@code
 * @Component
 * class Indexing {
 *     @HandlesJob("index-repository")
 *     Mono<Void> index(IndexRepository job) { … }
 * }
 * }</pre>
 *
 * <p>A <b>batch handler</b> gets many jobs in one call: its parameter is a {@code JobBatch<T>}, a {@code List<Job<T>>}, or a
 * {@code List<T>} of payloads if {@link #most} or {@link #longestWait} is set. It returns or emits {@code BatchOutcome}s, see
 * {@code JobHandler.batch}.
 *
 * <pre>{@code
 * @HandlesJob(value = "store-reading", most = "500", longestWait = "100ms")
 * Mono<Void> store(List<Reading> readings) { … }
 * }</pre>
 *
 * <p>On a <b>{@code Function<Job<T>, Publisher<?>>} bean</b>, put the annotation on its {@code @Bean} method or its
 * class. {@code T} is taken from the bean's declaration. A {@code Function<JobBatch<T>, Publisher<?>>} is a batch handler.
 *
 * <p>A {@code JobOutcome} that is returned or emitted decides about the job, as in any handler. Kotlin's suspend
 * functions are rejected: return {@code mono { … }}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface HandlesJob {

    /** The kind under which the jobs are stored, 1 to 100 characters. It must never change. May be a placeholder. */
    String value();

    /**
     * The timeout of an attempt, or of a call of a batch handler, such as {@code 30s}, {@code 5m}, {@code PT1H}, or a placeholder; one hour by default.
     */
    String timeout() default "";

    /**
     * The maximum number of attempts, 1 to 1,000, or a placeholder; {@code headrace.engine.retry.max-attempts} by
     * default.
     */
    String maxAttempts() default "";

    /**
     * The maximum number of jobs in a call of a batch handler, 1 to 10,000, or a placeholder; 50 by default. At most the
     * concurrency of the queue with the largest.
     */
    String most() default "";

    /**
     * How long the first job of a call of a batch handler waits for others, {@code 0s} to {@code 1m}, or a placeholder; 100 ms
     * by default.
     */
    String longestWait() default "";

    /**
     * Whether the handler runs in a reactive transaction, in which its job is completed: what it does in the database of the
     * jobs and the completion are committed together, or neither is. Repositories and a {@code DatabaseClient} take part. An
     * error, and any outcome that does not complete the job, rolls back. The handler returns a publisher or a stage, and takes a
     * single job. {@code false} by default. See {@code Job.completeIn}.
     */
    boolean transactional() default false;
}
