package io.headrace.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a handler of a method, or of a bean that is a function.
 *
 * <p>A <b>method</b> of a bean takes the payload, or the {@code Job<T>} with the payload in it, and nothing else. What it
 * returns says how it runs:
 *
 * <ul>
 *   <li>a {@code Mono}, {@code Flux} or other {@code Publisher}: subscribed to on {@code Schedulers.parallel()}, must not
 *       block; the job is complete when it completes
 *   <li>a {@code CompletionStage}: the same, the job is complete with the stage
 *   <li>anything else, or nothing: may block, runs on a thread of its own, as {@code JobHandler.blocking} has it
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
 * <p>On a <b>{@code Function<Job<T>, Publisher<?>>} bean</b>, at its {@code @Bean} method or its class, it says the kind;
 * {@code T} is taken from the bean's declaration.
 *
 * <p>A {@code JobOutcome} that is answered or emitted decides as it does anywhere else. Kotlin's suspend functions are
 * refused: return {@code mono { … }}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface HandlesJob {

    /** The kind: the text that the jobs are stored under, 1 to 100 characters, the same for ever. May be a placeholder. */
    String value();

    /**
     * How long one attempt may run, as {@code 30s}, {@code 5m}, {@code PT1H} or a placeholder; an hour by default.
     */
    String timeout() default "";

    /** How many attempts a job has, 1 to 1,000, or a placeholder; {@code headrace.engine.retry.max-attempts} by default. */
    String maxAttempts() default "";
}
