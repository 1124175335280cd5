package io.headrace.testkit.contract;

import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What may become of a claimed job, as settlements. */
final class Outcomes {

    static final String ERROR_TYPE = "java.lang.IllegalStateException";

    static final String FINGERPRINT = Fingerprint.of(List.of(ERROR_TYPE, "the upper stone"));

    private static final FailureTrace TRACE =
            new FailureTrace("at the upper stone\nat the lower stone", "at the upper stone");

    private Outcomes() {}

    static Settlement completed(ClaimedJob job) {
        return settlement(job, Verdict.Completed.INSTANCE);
    }

    static Settlement completedThen(ClaimedJob job, EncodedJob... next) {
        return completedWith(job, null, next);
    }

    static Settlement completedWith(ClaimedJob job, @Nullable String result, EncodedJob... next) {
        return settlement(job, new Verdict.CompletedWith(result, List.of(next)));
    }

    static Settlement retried(ClaimedJob job, Duration delay) {
        return retried(job, delay, "the stone is cracked");
    }

    static Settlement retried(ClaimedJob job, Duration delay, String message) {
        return settlement(job, new Verdict.Retried(delay, failure(message)));
    }

    static Settlement snoozed(ClaimedJob job, Duration delay) {
        return settlement(job, new Verdict.Snoozed(delay));
    }

    static Settlement released(ClaimedJob job) {
        return settlement(job, Verdict.Released.INSTANCE);
    }

    static Settlement failed(ClaimedJob job) {
        return failed(job, "the mill is on fire");
    }

    static Settlement failed(ClaimedJob job, String message) {
        return settlement(job, new Verdict.Failed(failure(message)));
    }

    static Settlement cancelled(ClaimedJob job) {
        return settlement(job, new Verdict.Cancelled(failure("no longer wanted")));
    }

    static List<Settlement> all(List<ClaimedJob> jobs, Function<ClaimedJob, Settlement> outcome) {
        return jobs.stream().map(outcome).toList();
    }

    static Settlement retried(ClaimedJob job, Verdict.Failure failure) {
        return settlement(job, new Verdict.Retried(Duration.ZERO, failure));
    }

    static Settlement failed(ClaimedJob job, Verdict.Failure failure) {
        return settlement(job, new Verdict.Failed(failure));
    }

    /** A failure of its own sort, with a trace of its own. */
    static Verdict.Failure failure(String message, String frame) {
        return new Verdict.Failure(
                ERROR_TYPE,
                message,
                new FailureTrace("\tat " + frame + "\n", frame),
                Fingerprint.of(List.of(ERROR_TYPE, frame)));
    }

    /** The same job in another lease. */
    static ClaimedJob under(long lease, ClaimedJob job) {
        return new ClaimedJob(
                lease,
                job.id(),
                job.kind(),
                job.priority(),
                job.attempt(),
                job.payload(),
                job.headers(),
                job.maxAttempts(),
                job.uniqueKey(),
                job.waitedMillis(),
                job.withheldBytes());
    }

    private static Settlement settlement(ClaimedJob job, Verdict verdict) {
        return new Settlement(job.lease(), job.id(), job.uniqueKey() != null, verdict);
    }

    private static Verdict.Failure failure(String message) {
        return new Verdict.Failure(ERROR_TYPE, message, TRACE, FINGERPRINT);
    }
}
