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
 * <p>On a <b>{@code Function<Job<T>, Publisher<?>>} bean</b>, put the annotation on its {@code @Bean} method or its
 * class. {@code T} is taken from the bean's declaration.
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
     * The timeout of an attempt, such as {@code 30s}, {@code 5m}, {@code PT1H}, or a placeholder; one hour by default.
     */
    String timeout() default "";

    /**
     * The maximum number of attempts, 1 to 1,000, or a placeholder; {@code headrace.engine.retry.max-attempts} by
     * default.
     */
    String maxAttempts() default "";
}
