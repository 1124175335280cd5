package io.headrace;

import java.util.function.Predicate;

/**
 * Decides what follows a failed attempt: another attempt, and when, or the end of the job. The policy belongs to the
 * handler. The policy of the <em>currently deployed</em> handler applies, not the one that was deployed when the job
 * was enqueued. Immutable and thread-safe.
 *
 * <p>Defaults: 20 attempts; {@link Backoff#exponential()}; every error is retried except
 * {@link PayloadUnreadableException} and {@link ValueTransformException}, which no further attempt can fix. With the defaults, a job that always fails
 * becomes a tombstone about 70 minutes after its first attempt.
 *
 * @param maxAttempts the maximum number of attempts, 1 to 1,000; a job can be enqueued with its own number
 * @param backoff the delay between attempts
 * @param failsAtOnce the errors that fail the job at once, without another attempt
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Predicate<? super Throwable> failsAtOnce) {

    /** The default maximum number of attempts. */
    public static final int DEFAULT_MAX_ATTEMPTS = 20;

    private static final RetryPolicy DEFAULT = new RetryPolicy(
            DEFAULT_MAX_ATTEMPTS,
            Backoff.exponential(),
            error -> error instanceof PayloadUnreadableException || error instanceof ValueTransformException);

    /** @throws InvalidSettingException if {@code maxAttempts} is not between 1 and 1,000 */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > JobConstraints.MAX_ATTEMPTS) {
            throw new InvalidSettingException(
                    "maxAttempts", maxAttempts + " is outside 1 to " + JobConstraints.MAX_ATTEMPTS);
        }
    }

    /** Returns the default policy. */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /** Returns a policy with a single attempt. */
    public static RetryPolicy never() {
        return DEFAULT.maxAttempts(1);
    }

    /** Returns this policy with the given number of attempts. */
    public RetryPolicy maxAttempts(int attempts) {
        return new RetryPolicy(attempts, backoff, failsAtOnce);
    }

    /** Returns this policy with the given backoff. */
    public RetryPolicy backoff(Backoff other) {
        return new RetryPolicy(maxAttempts, other, failsAtOnce);
    }

    /** Returns this policy, which additionally fails at once on matching errors. */
    public RetryPolicy failAtOnce(Predicate<? super Throwable> errors) {
        return new RetryPolicy(maxAttempts, backoff, error -> failsAtOnce.test(error) || errors.test(error));
    }

    /** Returns this policy, which additionally fails at once on errors of this class. */
    public RetryPolicy failAtOnce(Class<? extends Throwable> errors) {
        return failAtOnce(errors::isInstance);
    }
}
