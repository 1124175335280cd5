package io.headrace.engine.settle;

import io.headrace.JobOutcome;
import io.headrace.RetryPolicy;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.observe.AttemptEnd;
import io.headrace.spi.Verdict;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what a handler said, or threw, to what the store is to do. */
public final class Verdicts {

    private static final Logger log = LoggerFactory.getLogger(Verdicts.class);

    private static final Verdict.Failure UNSAID =
            Verdict.Failure.ofType(OutOfMemoryError.class.getName(), "(out of memory while recording the error)");
    private static final Verdict FAILED_UNSAID = new Verdict.Failed(UNSAID);
    private static final Verdict RETRIED_UNSAID =
            new Verdict.Retried(RetryPolicy.defaults().backoff().delay(1), UNSAID);

    /** What a verdict on the last attempt is: one that would charge another attempt fails the job. */
    private static final Verdict.Cases<Verdict> AT_LAST = new ChangedRetry() {
        @Override
        public Verdict retried(Verdict.Retried verdict) {
            return new Verdict.Failed(verdict.failure());
        }
    };

    private static final Verdict.Cases<AttemptEnd> END = new Verdict.Cases<>() {
        @Override
        public AttemptEnd completed() {
            return AttemptEnd.COMPLETED;
        }

        @Override
        public AttemptEnd completedWith(Verdict.CompletedWith verdict) {
            return AttemptEnd.COMPLETED;
        }

        @Override
        public AttemptEnd retried(Verdict.Retried verdict) {
            return AttemptEnd.RETRIED;
        }

        @Override
        public AttemptEnd snoozed(Verdict.Snoozed verdict) {
            return AttemptEnd.SNOOZED;
        }

        @Override
        public AttemptEnd awaiting(Verdict.Awaiting verdict) {
            return AttemptEnd.AWAITING;
        }

        @Override
        public AttemptEnd released() {
            return AttemptEnd.RELEASED;
        }

        @Override
        public AttemptEnd failed(Verdict.Failed verdict) {
            return AttemptEnd.FAILED;
        }

        @Override
        public AttemptEnd cancelled(Verdict.Cancelled verdict) {
            return AttemptEnd.CANCELLED;
        }
    };

    private Verdicts() {}

    /** An outcome that cannot be encoded fails the attempt, as if the handler had thrown the error. */
    public static Verdict of(JobOutcome outcome, LeasedJob job, RetryPolicy policy, OutcomeEncoder encoder) {
        Verdict asked;
        try {
            asked = encoder.encode(outcome, job);
        } catch (Throwable e) {
            return of(e, job, policy);
        }
        return isLast(job, policy) ? asked.fold(AT_LAST) : asked;
    }

    /**
     * Never throws, whatever the policy's own functions do: then the default backoff holds, and the job is not lost. Nor does it
     * if there is no memory for a verdict.
     */
    public static Verdict of(Throwable error, LeasedJob job, RetryPolicy policy) {
        try {
            Verdict.Failure failure = ErrorText.of(error);
            return isLast(job, policy) ? new Verdict.Failed(failure) : byPolicy(error, failure, job, policy);
        } catch (Throwable e) {
            return isLast(job, policy) ? FAILED_UNSAID : RETRIED_UNSAID;
        }
    }

    /** The same for several jobs on which one error was thrown, with one text of it. */
    public static Function<LeasedJob, Verdict> ofAll(Throwable error, RetryPolicy policy) {
        Verdict.Failure failure = text(error);
        return job -> isLast(job, policy) ? new Verdict.Failed(failure) : byPolicy(error, failure, job, policy);
    }

    private static Verdict.Failure text(Throwable error) {
        try {
            return ErrorText.of(error);
        } catch (Throwable e) {
            return UNSAID;
        }
    }

    private static Verdict byPolicy(Throwable error, Verdict.Failure failure, LeasedJob job, RetryPolicy policy) {
        try {
            return policy.failsAtOnce().test(error)
                    ? new Verdict.Failed(failure)
                    : new Verdict.Retried(policy.backoff().delay(job.job().attempt()), failure);
        } catch (Throwable e) {
            log.error(
                    "The retry policy of kind '{}' threw; using the default backoff",
                    job.job().kind(),
                    ErrorText.readable(e));
            return new Verdict.Retried(
                    RetryPolicy.defaults().backoff().delay(job.job().attempt()), failure);
        }
    }

    /** How an attempt with this verdict ended; without one, its job was no longer this engine's. */
    public static AttemptEnd end(@Nullable Verdict verdict) {
        return verdict == null ? AttemptEnd.LOST : verdict.fold(END);
    }

    private static boolean isLast(LeasedJob job, RetryPolicy policy) {
        return job.job().attempt() >= job.maxAttempts(policy);
    }
}
