package io.headrace;

import io.headrace.observe.JobInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Processes the jobs of one kind, one by one or {@linkplain #batch many in one call}. Immutable and thread-safe. The
 * function is called concurrently by many threads.
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
    private final @Nullable Batching<T> batching;

    private JobHandler(
            JobType<T> type,
            Function<? super Job<T>, ? extends Publisher<?>> function,
            boolean blocking,
            RetryPolicy retry,
            Duration timeout,
            @Nullable Batching<T> batching) {
        this.type = type;
        this.function = function;
        this.blocking = blocking;
        this.retry = retry;
        this.timeout = timeout;
        this.batching = batching;
    }

    private static <T> JobHandler<T> batch(
            JobType<T> type, Batching<T> batching, boolean blocking, RetryPolicy retry, Duration timeout) {
        return new JobHandler<>(
                type, job -> batching.function.apply(JobBatch.of(List.of(job))), blocking, retry, timeout, batching);
    }

    /**
     * Creates a handler from a function that returns a publisher. The publisher is subscribed on
     * {@code Schedulers.parallel()}, or on the engine's handler scheduler, and must not block.
     */
    public static <T> JobHandler<T> of(JobType<T> type, Function<? super Job<T>, ? extends Publisher<?>> function) {
        return new JobHandler<>(type, function, false, RetryPolicy.defaults(), DEFAULT_TIMEOUT, null);
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
                DEFAULT_TIMEOUT,
                null);
    }

    /**
     * Creates a handler that gets many jobs in one call. A call begins when {@link BatchSettings#most} jobs are there, when
     * its first job has waited for {@link BatchSettings#longestWait}, or when all slots of the queue are taken by waiting jobs. Its
     * jobs come from one queue. A job that is suspected of having killed its process gets a call of its own.
     *
     * <p>When the publisher completes, each job is completed, unless the handler has emitted a {@link BatchOutcome} for
     * it or a {@link JobOutcome} for all. When it fails, what it has emitted does not count: each job has failed, and its own
     * attempts and the policy decide. The timeout is that of the call.
     *
     * <pre>{@code
     * JobHandler.batch(READING, b -> b.most(500).wait(Duration.ofMillis(100)), batch -> readings.insert(batch.payloads()))
     * }</pre>
     *
     * @param settings changes the {@linkplain BatchSettings#defaults() default settings}
     * @param function must not block; the same rules as for {@link #of}
     * @throws InvalidSettingException if a setting is out of range
     */
    public static <T> JobHandler<T> batch(
            JobType<T> type,
            UnaryOperator<BatchSettings> settings,
            Function<? super JobBatch<T>, ? extends Publisher<?>> function) {
        return batch(type, Batching.of(settings, function), false, RetryPolicy.defaults(), DEFAULT_TIMEOUT);
    }

    /**
     * Like {@link #batch}, for a function that may block. It runs as with {@link #blocking}. The result counts if it is a
     * {@link BatchOutcome}, an {@code Iterable} of them, or a {@link JobOutcome} for all jobs.
     */
    public static <T> JobHandler<T> blockingBatch(
            JobType<T> type, UnaryOperator<BatchSettings> settings, BlockingFunction<? super JobBatch<T>> function) {
        Batching<T> batching = Batching.of(
                settings,
                batch -> Mono.fromCallable((Callable<Object>) () -> {
                    Object result = function.apply(batch);
                    return result == null ? List.of() : result;
                }));
        return batch(type, batching, true, RetryPolicy.defaults(), DEFAULT_TIMEOUT);
    }

    /** Returns this handler with the given retry policy. */
    public JobHandler<T> retry(RetryPolicy policy) {
        return new JobHandler<>(type, function, blocking, policy, timeout, batching);
    }

    /**
     * Returns this handler with the given timeout for an attempt, or for a call of a batch handler. When it passes, the
     * attempt, or that of each job in the call, fails with an {@link AttemptTimeoutException}.
     *
     * @throws InvalidSettingException if the timeout is not positive or exceeds 100 years
     */
    public JobHandler<T> timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(JobConstraints.LONGEST_DELAY) > 0) {
            throw new InvalidSettingException("timeout", limit + " must be positive and at most 100 years");
        }
        return new JobHandler<>(type, function, blocking, retry, limit, batching);
    }

    /** Returns this handler with an interceptor around each of its attempts, or around each call of a batch handler. */
    public JobHandler<T> intercept(JobInterceptor interceptor) {
        return batching == null
                ? new JobHandler<>(type, job -> interceptor.run(job, function), blocking, retry, timeout, null)
                : batch(type, batching.intercept(interceptor), blocking, retry, timeout);
    }

    public JobType<T> type() {
        return type;
    }

    /** The function for a single job; that of a batch handler makes a call with this job alone. */
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

    /** How this handler gets many jobs in one call; {@code null} if it gets single jobs. */
    public @Nullable Batching<T> batching() {
        return batching;
    }

    @SuppressWarnings("NullAway") // the runner turns a handler's null into a HandlerContractException
    private static Publisher<?> nothing() {
        return null;
    }

    /**
     * What makes a handler a batch handler.
     *
     * @param settings how many jobs a call gets, and how long they wait
     * @param function the function that is called
     * @param <T> the type of the payloads
     */
    public record Batching<T>(BatchSettings settings, Function<? super JobBatch<T>, ? extends Publisher<?>> function) {

        private static <T> Batching<T> of(
                UnaryOperator<BatchSettings> settings, Function<? super JobBatch<T>, ? extends Publisher<?>> function) {
            return new Batching<>(
                    settings.apply(BatchSettings.defaults()), Objects.requireNonNull(function, "function"));
        }

        private Batching<T> intercept(JobInterceptor interceptor) {
            return new Batching<>(settings, batch -> interceptor.runBatch(batch, function));
        }
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
