package io.headrace.engine;

import io.headrace.JobOutcome;
import io.headrace.RetryPolicy;
import io.headrace.observe.AttemptEnd;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what a handler said, or threw, to what the store is to do. */
final class Verdicts {

    private static final Logger log = LoggerFactory.getLogger(Verdicts.class);

    private static final Verdict.Failure UNSAID = new Verdict.Failure(
            OutOfMemoryError.class.getName(), "(there was no memory to write the error down)", null);
    private static final Verdict FAILED_UNSAID = new Verdict.Failed(UNSAID);
    private static final Verdict RETRIED_UNSAID =
            new Verdict.Retried(RetryPolicy.defaults().backoff().delay(1), UNSAID);

    private Verdicts() {}

    static Verdict of(JobOutcome outcome, ClaimedJob job, RetryPolicy policy) {
        if (outcome instanceof JobOutcome.Retry retry) {
            Verdict.Failure failure = ErrorText.of(JobOutcome.Retry.class.getName(), retry.reason());
            return isLast(job, policy) ? new Verdict.Failed(failure) : new Verdict.Retried(retry.delay(), failure);
        }
        if (outcome instanceof JobOutcome.Snooze snooze) {
            return new Verdict.Snoozed(snooze.delay());
        }
        if (outcome instanceof JobOutcome.Fail fail) {
            return new Verdict.Failed(ErrorText.of(JobOutcome.Fail.class.getName(), fail.reason()));
        }
        if (outcome instanceof JobOutcome.Cancel cancel) {
            return new Verdict.Cancelled(ErrorText.of(JobOutcome.Cancel.class.getName(), cancel.reason()));
        }
        return Verdict.Completed.INSTANCE;
    }

    /**
     * Never throws, whatever the policy's own functions do: then the default backoff holds, and the job is not lost. Nor does it
     * if there is no memory for a verdict.
     */
    static Verdict of(Throwable error, ClaimedJob job, RetryPolicy policy) {
        try {
            Verdict.Failure failure = ErrorText.of(error);
            return isLast(job, policy) ? new Verdict.Failed(failure) : byPolicy(error, failure, job, policy);
        } catch (Throwable e) {
            return isLast(job, policy) ? FAILED_UNSAID : RETRIED_UNSAID;
        }
    }

    private static Verdict byPolicy(Throwable error, Verdict.Failure failure, ClaimedJob job, RetryPolicy policy) {
        try {
            return policy.failsAtOnce().test(error)
                    ? new Verdict.Failed(failure)
                    : new Verdict.Retried(policy.backoff().delay(job.attempt()), failure);
        } catch (Throwable e) {
            log.error(
                    "The retry policy of kind '{}' threw, the default backoff holds",
                    job.kind(),
                    ErrorText.readable(e));
            return new Verdict.Retried(RetryPolicy.defaults().backoff().delay(job.attempt()), failure);
        }
    }

    /** How an attempt with this verdict ended; without one, its job was no longer this engine's. */
    static AttemptEnd end(@Nullable Verdict verdict) {
        if (verdict instanceof Verdict.Completed) {
            return AttemptEnd.COMPLETED;
        }
        if (verdict instanceof Verdict.Retried) {
            return AttemptEnd.RETRIED;
        }
        if (verdict instanceof Verdict.Failed) {
            return AttemptEnd.FAILED;
        }
        if (verdict instanceof Verdict.Snoozed) {
            return AttemptEnd.SNOOZED;
        }
        if (verdict instanceof Verdict.Cancelled) {
            return AttemptEnd.CANCELLED;
        }
        return verdict == null ? AttemptEnd.LOST : AttemptEnd.RELEASED;
    }

    private static boolean isLast(ClaimedJob job, RetryPolicy policy) {
        return job.attempt() >= JobDecoder.maxAttempts(job, policy);
    }
}
