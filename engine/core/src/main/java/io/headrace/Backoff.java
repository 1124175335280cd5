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
 * How long to wait before the next try. Immutable and safe to share.
 *
 * <p>The same backoff serves three places: a {@link RetryPolicy} for jobs, {@link #retry} inside a handler as a Reactor
 * {@code Retry}, and {@link #whenEmpty} inside a handler to poll for a row that somebody else is still writing.
 *
 * <p>The default is {@link #exponential()}: 5 s, doubling, capped at 5 min (5, 10, 20, 40, 80, 160, 300, 300 …), without
 * jitter.
 */
public final class Backoff {

    /** The longest wait there is: a custom backoff that answers more is cut to it. */
    public static final Duration LONGEST = Limits.LONGEST_DELAY;

    /** How often {@link #whenEmpty()} subscribes to its source by default. */
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

    /** 5 s, doubling, capped at 5 min. */
    public static Backoff exponential() {
        return exponential(DEFAULT_FIRST, 2, DEFAULT_CAP);
    }

    /**
     * {@code first × factor^(n-1)} after the n-th try, never over {@code cap}.
     *
     * @throws InvalidSettingException if {@code first} is negative, {@code factor} under 1 or {@code cap} under
     *     {@code first}
     */
    public static Backoff exponential(Duration first, double factor, Duration cap) {
        checkNotNegative("first", first);
        checkCap(first, cap);
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new InvalidSettingException("factor", factor + " is not a number of 1 or more");
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
     * {@code step × n} after the n-th try, without a cap.
     *
     * @throws InvalidSettingException if {@code step} is negative
     */
    public static Backoff linear(Duration step) {
        return linear(step, LONGEST);
    }

    /**
     * {@code step × n} after the n-th try, never over {@code cap}.
     *
     * @throws InvalidSettingException if {@code step} is negative or {@code cap} under {@code step}
     */
    public static Backoff linear(Duration step, Duration cap) {
        checkNotNegative("step", step);
        checkCap(step, cap);
        return new Backoff(n -> min(step.multipliedBy(n), cap), 0, "linear by " + step + " to " + cap);
    }

    /** The same wait after every try. */
    public static Backoff fixed(Duration delay) {
        checkNotNegative("delay", delay);
        return new Backoff(n -> delay, 0, "fixed " + delay);
    }

    /**
     * Whatever the function answers for the n-th try, n from 1 up. Answers under zero count as zero, answers over
     * {@link #LONGEST} as that.
     */
    public static Backoff custom(IntFunction<Duration> delays) {
        return new Backoff(Objects.requireNonNull(delays, "delays"), 0, "custom");
    }

    /**
     * The same backoff, spread: each wait is multiplied by a factor drawn evenly from {@code 1 - share} to
     * {@code 1 + share}. For jobs it is drawn once for all that fail together, so that they go back together.
     *
     * @param share 0 (none) to 1
     * @throws InvalidSettingException if it is outside
     */
    public Backoff jitter(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidSettingException("jitter", share + " is outside 0 to 1");
        }
        return new Backoff(delays, share, description);
    }

    /** The share of jitter, 0 to 1. */
    public double jitter() {
        return jitter;
    }

    /**
     * How long to wait after the n-th try, jitter left out.
     *
     * @param tries how many have been made, 1 or more
     */
    public Duration delay(int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("tries counts from 1: " + tries);
        }
        Duration delay = delays.apply(tries);
        return delay.isNegative() ? Duration.ZERO : min(delay, LONGEST);
    }

    /** {@link #delay(int)} with jitter drawn anew. */
    public Duration jittered(int tries) {
        Duration delay = delay(tries);
        return jitter == 0
                ? delay
                : ofSeconds(seconds(delay)
                        * (1 + jitter * ThreadLocalRandom.current().nextDouble(-1, 1)));
    }

    /**
     * This backoff as a Reactor {@code Retry}: every error is retried until {@code tries} subscriptions have been made,
     * then the last error passes.
     *
     * @param tries how often the source is subscribed to at most, 1 or more
     */
    public Retry retry(int tries) {
        return retry(tries, error -> true);
    }

    /** {@link #retry(int)} for the errors that match; others pass at once. */
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
     * For {@link Mono#repeatWhenEmpty(Function)}: polls a source until it has a value, 5 tries with waits of 3, 6, 9 and
     * 12 s. Only emptiness repeats, an error of the source passes at once, and a source still empty at the last try ends
     * in a {@link StillEmptyException}, never in silence.
     */
    public static Function<Flux<Long>, Publisher<?>> whenEmpty() {
        return linear(DEFAULT_STEP_WHEN_EMPTY).whenEmpty(DEFAULT_TRIES_WHEN_EMPTY);
    }

    /**
     * {@link #whenEmpty()} with this backoff.
     *
     * @param tries how often the source is subscribed to at most, 1 or more
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
            throw new InvalidSettingException("cap", cap + " is under the first wait of " + first);
        }
    }

    private static void checkTries(int tries) {
        if (tries < 1) {
            throw new InvalidSettingException("tries", tries + " is under 1");
        }
    }
}
