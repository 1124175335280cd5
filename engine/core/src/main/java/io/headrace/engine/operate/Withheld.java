package io.headrace.engine.operate;

import io.headrace.AttemptFailure;
import io.headrace.JobExplanation;
import io.headrace.JobSnapshot;
import io.headrace.PayloadTransformException;
import io.headrace.PayloadUnreadableException;
import io.headrace.ValueTransformException;
import io.headrace.ValueUnreadableException;
import io.headrace.operate.EndedJob;
import io.headrace.operate.FailureCause;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import io.headrace.operate.Right;

/**
 * What is shown to people without {@link Right#VIEW_PAYLOAD}: no payloads and headers, and no text of an error that
 * quotes a payload or a value. Only handlers know which of their own messages contain parts of a payload.
 */
final class Withheld {

    private static final String NOT_SHOWN = "(not shown without the right " + Right.VIEW_PAYLOAD + ")";

    private Withheld() {}

    static JobSnapshot from(JobSnapshot job) {
        JobSnapshot bare = job.withoutPayload();
        return new JobSnapshot(
                bare.id(),
                bare.state(),
                bare.queue(),
                bare.kind(),
                bare.priority(),
                bare.attempt(),
                bare.maxAttempts(),
                bare.runAt(),
                bare.payload(),
                bare.headers(),
                bare.uniqueKey(),
                bare.worker(),
                bare.result(),
                bare.failures().stream().map(Withheld::from).toList());
    }

    static JobPage from(JobPage page) {
        return new JobPage(page.jobs().stream().map(Withheld::from).toList(), page.next(), page.searchedTo());
    }

    private static JobItem from(JobItem job) {
        return job.errorType() == null || !quotesPayload(job.errorType())
                ? job
                : new JobItem(
                        job.id(),
                        job.state(),
                        job.queue(),
                        job.kind(),
                        job.priority(),
                        job.attempt(),
                        job.runAt(),
                        job.endedAt(),
                        job.uniqueKey(),
                        job.errorType(),
                        NOT_SHOWN,
                        job.worker());
    }

    static JobExplanation from(JobExplanation explanation) {
        return new JobExplanation(
                explanation.job(),
                explanation.reason().fold(WithheldReason.CASES),
                explanation.also().stream()
                        .map(reason -> reason.fold(WithheldReason.CASES))
                        .toList());
    }

    static FailureCause from(FailureCause cause) {
        return quotesPayload(cause.errorType()) ? cause.withoutMessage() : cause;
    }

    static EndedJob from(EndedJob job) {
        return job.errorType() != null && quotesPayload(job.errorType()) ? job.withoutMessage() : job;
    }

    static AttemptFailure from(AttemptFailure failure) {
        return quotesPayload(failure.errorType())
                ? new AttemptFailure(
                        failure.attempt(),
                        failure.at(),
                        failure.errorType(),
                        NOT_SHOWN,
                        null,
                        failure.fingerprint(),
                        failure.engineVersion())
                : failure;
    }

    private static boolean quotesPayload(String errorType) {
        // The messages of transforms quote their header, and may quote what they have decoded.
        return errorType.equals(PayloadUnreadableException.class.getName())
                || errorType.equals(PayloadTransformException.class.getName())
                || errorType.equals(ValueUnreadableException.class.getName())
                || errorType.equals(ValueTransformException.class.getName());
    }
}
