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
 * Processes the jobs of one kind. Immutable and thread-safe. The function is called concurrently by many threads.
 *
 * <p>Defaults: {@link RetryPolicy#defaults()}, a timeout of one hour.
 *
 * <p>Handlers must be idempotent, because a job may run more than once, for example after a crash. The subscription is
 * cancelled when the timeout passes, when the lease is lost, and when the grace period of a stopping engine ends.
 *
 * @param <T> the type of the payload
 */
public final class JobHandler<T> {

    /** The default timeout of an attempt. */
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
     * Creates a handler from a function that returns a publisher. The publisher is subscribed on
     * {@code Schedulers.parallel()}, or on the engine's handler scheduler, and must not block.
     */
    public static <T> JobHandler<T> of(JobType<T> type, Function<? super Job<T>, ? extends Publisher<?>> function) {
        return new JobHandler<>(type, function, false, RetryPolicy.defaults(), DEFAULT_TIMEOUT);
    }

    /**
     * Creates a handler from a function that returns a stage and does not block. Cancelling the attempt cancels the
     * stage's future.
     */
    public static <T> JobHandler<T> async(
            JobType<T> type, Function<? super Job<T>, ? extends CompletionStage<?>> function) {
        return of(type, job -> {
            CompletionStage<?> stage = function.apply(job);
            return stage == null ? nothing() : Mono.fromCompletionStage(stage);
        });
    }

    /**
     * Creates a handler from a function that may block. It runs on a virtual thread if the JDK supports them, otherwise
     * on a thread of a pool as large as the engine's concurrency. Cancelling the attempt interrupts the thread. The
     * result counts if it is a {@link JobOutcome}.
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

    /** Returns this handler with the given retry policy. */
    public JobHandler<T> retry(RetryPolicy policy) {
        return new JobHandler<>(type, function, blocking, policy, timeout);
    }

    /**
     * Returns this handler with the given timeout for an attempt. When it passes, the attempt fails with an
     * {@link AttemptTimeoutException}.
     *
     * @throws InvalidSettingException if the timeout is not positive or exceeds 100 years
     */
    public JobHandler<T> timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(JobConstraints.LONGEST_DELAY) > 0) {
            throw new InvalidSettingException("timeout", limit + " must be positive and at most 100 years");
        }
        return new JobHandler<>(type, function, blocking, retry, limit);
    }

    /** Returns this handler with an interceptor around each of its attempts. */
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
     * The function of a blocking handler.
     *
     * @param <J> the type of the job
     */
    @FunctionalInterface
    public interface BlockingFunction<J> {
        /**
         * Processes a job.
         *
         * @return a {@link JobOutcome}; any other result, including {@code null}, means that the job is completed
         * @throws Exception if the attempt fails
         */
        @Nullable
        Object apply(J job) throws Exception;
    }
}
