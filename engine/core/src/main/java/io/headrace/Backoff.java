package io.headrace;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Determines how long to wait before the next try. Immutable and thread-safe.
 *
 * <p>A backoff can be used in three places: in a {@link RetryPolicy} for jobs, with {@link #retry} inside a handler as
 * a Reactor {@code Retry}, and with {@link #whenEmpty} inside a handler to poll for a row that is still being written.
 *
 * <p>The default is {@link #exponential()}: 5 s, doubling, capped at 5 min (5, 10, 20, 40, 80, 160, 300, 300 …),
 * without jitter.
 */
public final class Backoff {

    /** The longest possible wait. Longer delays of a custom backoff are reduced to it. */
    public static final Duration LONGEST = JobConstraints.LONGEST_DELAY;

    /** The default number of times that {@link #whenEmpty()} subscribes to its source. */
    public static final int DEFAULT_TRIES_WHEN_EMPTY = 5;

    private static final Duration DEFAULT_FIRST = Duration.ofSeconds(5);
    private static final Duration DEFAULT_CAP = Duration.ofMinutes(5);
    private static final Duration DEFAULT_STEP_WHEN_EMPTY = Duration.ofSeconds(3);

    private final IntFunction<Duration> delays;
    private final double jitter;
    private final String description;

    private Backoff(IntFunction<Duration> delays, double jitter, String description) {
        this.delays = delays;
        this.jitter = jitter;
        this.description = description;
    }

    /** Waits 5 s, doubling after each try, up to 5 min. */
    public static Backoff exponential() {
        return exponential(DEFAULT_FIRST, 2, DEFAULT_CAP);
    }

    /**
     * Waits {@code first × factor^(n-1)} after the n-th try, up to {@code cap}.
     *
     * @throws InvalidSettingException if {@code first} is negative, {@code factor} is less than 1, or {@code cap} is
     *     less than {@code first}
     */
    public static Backoff exponential(Duration first, double factor, Duration cap) {
        checkNotNegative("first", first);
        checkCap(first, cap);
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new InvalidSettingException("factor", factor + " must be a number of at least 1");
        }
        double firstSeconds = seconds(first);
        double capSeconds = seconds(cap);
        return new Backoff(
                n -> {
                    double wait = firstSeconds * Math.pow(factor, n - 1);
                    return wait >= capSeconds ? cap : ofSeconds(wait);
                },
                0,
                "exponential from " + first + " by " + factor + " to " + cap);
    }

    /**
     * Waits {@code step × n} after the n-th try, without a cap.
     *
     * @throws InvalidSettingException if {@code step} is negative
     */
    public static Backoff linear(Duration step) {
        return linear(step, LONGEST);
    }

    /**
     * Waits {@code step × n} after the n-th try, up to {@code cap}.
     *
     * @throws InvalidSettingException if {@code step} is negative or {@code cap} is less than {@code step}
     */
    public static Backoff linear(Duration step, Duration cap) {
        checkNotNegative("step", step);
        checkCap(step, cap);
        return new Backoff(n -> min(step.multipliedBy(n), cap), 0, "linear by " + step + " to " + cap);
    }

    /** Waits for the same time after every try. */
    public static Backoff fixed(Duration delay) {
        checkNotNegative("delay", delay);
        return new Backoff(n -> delay, 0, "fixed " + delay);
    }

    /**
     * Uses the result of a function for the n-th try, where n starts at 1. Negative results count as zero, results
     * longer than {@link #LONGEST} as {@code LONGEST}.
     */
    public static Backoff custom(IntFunction<Duration> delays) {
        return new Backoff(Objects.requireNonNull(delays, "delays"), 0, "custom");
    }

    /**
     * Returns this backoff with jitter: each wait is multiplied by a factor drawn uniformly from {@code 1 - share} to
     * {@code 1 + share}. For jobs, it is drawn once for all jobs that fail together, so that they go back together.
     *
     * @param share from 0 (no jitter) to 1
     * @throws InvalidSettingException if {@code share} is out of range
     */
    public Backoff jitter(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidSettingException("jitter", share + " is outside 0 to 1");
        }
        return new Backoff(delays, share, description);
    }

    /** The share of jitter, from 0 to 1. */
    public double jitter() {
        return jitter;
    }

    /**
     * Returns the wait after the n-th try, without jitter.
     *
     * @param tries the number of tries made so far, 1 or more
     */
    public Duration delay(int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("tries must be at least 1: " + tries);
        }
        Duration delay = delays.apply(tries);
        return delay.isNegative() ? Duration.ZERO : min(delay, LONGEST);
    }

    /** Returns {@link #delay(int)} with newly drawn jitter. */
    public Duration jittered(int tries) {
        Duration delay = delay(tries);
        return jitter == 0
                ? delay
                : ofSeconds(seconds(delay)
                        * (1 + jitter * ThreadLocalRandom.current().nextDouble(-1, 1)));
    }

    /**
     * Returns this backoff as a Reactor {@code Retry}. Every error is retried until {@code tries} subscriptions have
     * been made. Then the last error is propagated.
     *
     * @param tries the maximum number of subscriptions to the source, 1 or more
     */
    public Retry retry(int tries) {
        return retry(tries, error -> true);
    }

    /** Like {@link #retry(int)}, but only for matching errors. Others are propagated at once. */
    public Retry retry(int tries, Predicate<? super Throwable> retryable) {
        checkTries(tries);
        return Retry.from(signals -> signals.concatMap(signal -> {
            int made = Math.toIntExact(signal.totalRetries()) + 1;
            return made < tries && retryable.test(signal.failure())
                    ? Mono.delay(jittered(made))
                    : Mono.error(signal.failure());
        }));
    }

    /**
     * For {@link Mono#repeatWhenEmpty(Function)}: polls a source until it emits a value, with 5 tries and waits of 3,
     * 6, 9 and 12 s. Only an empty source is repeated. An error of the source is propagated at once. If the source is
     * still empty at the last try, the result is a {@link StillEmptyException}, not an empty source.
     */
    public static Function<Flux<Long>, Publisher<?>> whenEmpty() {
        return linear(DEFAULT_STEP_WHEN_EMPTY).whenEmpty(DEFAULT_TRIES_WHEN_EMPTY);
    }

    /**
     * Like {@link #whenEmpty()}, with this backoff.
     *
     * @param tries the maximum number of subscriptions to the source, 1 or more
     */
    public Function<Flux<Long>, Publisher<?>> whenEmpty(int tries) {
        checkTries(tries);
        return empties -> Flux.defer(() -> {
            Duration[] waited = {Duration.ZERO};
            return empties.concatMap(nr -> {
                int made = Math.toIntExact(nr) + 1;
                if (made >= tries) {
                    return Mono.error(new StillEmptyException(made, waited[0]));
                }
                Duration wait = jittered(made);
                waited[0] = waited[0].plus(wait);
                return Mono.delay(wait);
            });
        });
    }

    @Override
    public String toString() {
        return jitter == 0 ? description : description + " ± " + Math.round(jitter * 100) + " %";
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static void checkNotNegative(String setting, Duration value) {
        if (value.isNegative()) {
            throw new InvalidSettingException(setting, "is negative: " + value);
        }
    }

    private static void checkCap(Duration first, Duration cap) {
        if (cap.compareTo(first) < 0) {
            throw new InvalidSettingException("cap", cap + " is less than the first delay of " + first);
        }
    }

    private static void checkTries(int tries) {
        if (tries < 1) {
            throw new InvalidSettingException("tries", tries + " is under 1");
        }
    }
}
