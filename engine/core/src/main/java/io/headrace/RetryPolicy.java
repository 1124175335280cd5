package io.headrace;

import java.util.function.Predicate;

/**
 * What follows a failed attempt: another one, when, or the end. The policy belongs to the handler, and the one in force
 * is that of the handler <em>deployed now</em>, not the one that was there when the job was enqueued. Immutable and safe
 * to share.
 *
 * <p>Defaults: 20 attempts; {@link Backoff#exponential()}; every error is retried, save
 * {@link PayloadUnreadableException}, which no further attempt can mend. With them a job that always fails ends as a
 * tombstone about 70 minutes after its first attempt.
 *
 * @param maxAttempts how many attempts a job has, 1 to 1,000, unless it was enqueued with a number of its own
 * @param backoff how long to wait between them
 * @param failsAtOnce the errors after which no further attempt is made
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Predicate<? super Throwable> failsAtOnce) {

    /** How many attempts a job has by default. */
    public static final int DEFAULT_MAX_ATTEMPTS = 20;

    private static final RetryPolicy DEFAULT = new RetryPolicy(
            DEFAULT_MAX_ATTEMPTS, Backoff.exponential(), error -> error instanceof PayloadUnreadableException);

    /** @throws InvalidSettingException if {@code maxAttempts} is outside 1 to 1,000 */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > Limits.MAX_ATTEMPTS) {
            throw new InvalidSettingException("maxAttempts", maxAttempts + " is outside 1 to " + Limits.MAX_ATTEMPTS);
        }
    }

    /** The defaults, to start from. */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /** One attempt, no more. */
    public static RetryPolicy never() {
        return DEFAULT.maxAttempts(1);
    }

    /** The same policy with another number of attempts. */
    public RetryPolicy maxAttempts(int attempts) {
        return new RetryPolicy(attempts, backoff, failsAtOnce);
    }

    /** The same policy with another backoff. */
    public RetryPolicy backoff(Backoff other) {
        return new RetryPolicy(maxAttempts, other, failsAtOnce);
    }

    /** The same policy, failing at once on these errors as well. */
    public RetryPolicy failAtOnce(Predicate<? super Throwable> errors) {
        return new RetryPolicy(maxAttempts, backoff, error -> failsAtOnce.test(error) || errors.test(error));
    }

    /** The same policy, failing at once on errors of this class as well. */
    public RetryPolicy failAtOnce(Class<? extends Throwable> errors) {
        return failAtOnce(errors::isInstance);
    }
}
