package io.headrace;

import io.headrace.observe.JobInterceptor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What is done with the jobs of one kind. Immutable and safe to share; the function is called by many threads at once.
 *
 * <p>Defaults: {@link RetryPolicy#defaults()}, a timeout of one hour.
 *
 * <p>A job may run more than once (after a crash, above all), so what the function does must bear repetition. Its
 * subscription is cancelled when its timeout passes, when its lease is gone, and when a stopping engine's grace is over.
 *
 * @param <T> what the jobs carry
 */
public final class JobHandler<T> {

    /** How long an attempt may run by default. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private final JobType<T> type;
    private final Function<? super Job<T>, ? extends Publisher<?>> function;
    private final boolean blocking;
    private final RetryPolicy retry;
    private final Duration timeout;

    private JobHandler(
            JobType<T> type,
            Function<? super Job<T>, ? extends Publisher<?>> function,
            boolean blocking,
            RetryPolicy retry,
            Duration timeout) {
        this.type = type;
        this.function = function;
        this.blocking = blocking;
        this.retry = retry;
        this.timeout = timeout;
    }

    /**
     * By a function that answers a publisher, which is subscribed to on {@code Schedulers.parallel()}: it must not block.
     */
    public static <T> JobHandler<T> of(JobType<T> type, Function<? super Job<T>, ? extends Publisher<?>> function) {
        return new JobHandler<>(type, function, false, RetryPolicy.defaults(), DEFAULT_TIMEOUT);
    }

    /** By a function that answers a stage, and does not block. Cancelling it cancels the stage's future. */
    public static <T> JobHandler<T> async(
            JobType<T> type, Function<? super Job<T>, ? extends CompletionStage<?>> function) {
        return of(type, job -> {
            CompletionStage<?> stage = function.apply(job);
            return stage == null ? nothing() : Mono.fromCompletionStage(stage);
        });
    }

    /**
     * By a function that may block. It runs on a virtual thread where the JDK has them, else on a thread of a pool as
     * large as the engine's concurrency; cancelling it interrupts the thread. What it answers counts if it is a
     * {@link JobOutcome}.
     */
    public static <T> JobHandler<T> blocking(JobType<T> type, BlockingFunction<? super Job<T>> function) {
        return new JobHandler<>(
                type,
                job -> Mono.fromCallable((Callable<Object>) () -> {
                    Object result = function.apply(job);
                    return result == null ? JobOutcome.complete() : result;
                }),
                true,
                RetryPolicy.defaults(),
                DEFAULT_TIMEOUT);
    }

    /** The same handler with a policy of its own. */
    public JobHandler<T> retry(RetryPolicy policy) {
        return new JobHandler<>(type, function, blocking, policy, timeout);
    }

    /**
     * The same handler with another limit on how long one attempt may run. When it passes, the attempt has failed with an
     * {@link AttemptTimeoutException}.
     *
     * @throws InvalidSettingException if it is not positive or over 100 years
     */
    public JobHandler<T> timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(Limits.LONGEST_DELAY) > 0) {
            throw new InvalidSettingException("timeout", limit + " is not between zero and 100 years");
        }
        return new JobHandler<>(type, function, blocking, retry, limit);
    }

    /** The same handler with something around each of its attempts. */
    public JobHandler<T> intercept(JobInterceptor interceptor) {
        return new JobHandler<>(type, job -> interceptor.run(job, function), blocking, retry, timeout);
    }

    public JobType<T> type() {
        return type;
    }

    public Function<? super Job<T>, ? extends Publisher<?>> function() {
        return function;
    }

    public boolean isBlocking() {
        return blocking;
    }

    public RetryPolicy retry() {
        return retry;
    }

    public Duration timeout() {
        return timeout;
    }

    @SuppressWarnings("NullAway") // the runner turns a handler's null into a HandlerContractException
    private static Publisher<?> nothing() {
        return null;
    }

    /**
     * What a blocking handler is.
     *
     * @param <J> the job
     */
    @FunctionalInterface
    public interface BlockingFunction<J> {
        /**
         * Handles a job.
         *
         * @return a {@link JobOutcome}, or anything else, {@code null} included, for done
         * @throws Exception if the attempt failed
         */
        @Nullable
        Object apply(J job) throws Exception;
    }
}
