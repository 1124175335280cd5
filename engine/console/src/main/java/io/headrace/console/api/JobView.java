package io.headrace.console.api;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.console.payload.ShownPayload;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedSignal;
import io.headrace.operate.RecordedStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job, with as much of its payload as a page shows.
 *
 * @param payload JSON text; {@code null} without the right to see it
 * @param payloadCut whether the text ends before the payload does
 * @param payloadShown whether the text is the payload, not one that says why it is not shown
 * @param payloadTransform by what the payload is stored transformed
 * @param after the job that enqueued this one when it completed
 * @param result JSON text; {@code null} if there is none, and without the right to see payloads
 * @param steps the last steps, the first of them first
 * @param stepCount how many there are in all
 * @param signals what it waits for and has waited for, the latest last
 */
record JobView(
        JobId id,
        JobState state,
        String queue,
        String kind,
        int priority,
        int attempt,
        @Nullable Integer maxAttempts,
        Instant createdAt,
        @Nullable Instant runAt,
        @Nullable String payload,
        boolean payloadCut,
        boolean payloadShown,
        @Nullable String payloadTransform,
        @Nullable String headers,
        @Nullable String uniqueKey,
        @Nullable String worker,
        @Nullable JobId after,
        @Nullable String result,
        List<RecordedStep> steps,
        int stepCount,
        @Nullable RecordedCursor cursor,
        List<RecordedSignal> signals,
        List<AttemptFailure> failures) {

    /** The longest payload that is not cut, in characters. */
    static final int LONGEST = 1 << 16;

    /** For those who may not see payloads. */
    static JobView of(JobSnapshot job, JobRecord record) {
        return of(job, record, null, null, null);
    }

    static JobView of(
            JobSnapshot job,
            JobRecord record,
            @Nullable ShownPayload shown,
            @Nullable String headers,
            @Nullable String result) {
        String payload = shown == null ? null : shown.json();
        boolean isCut = payload != null && payload.length() > LONGEST;
        return new JobView(
                job.id(),
                job.state(),
                job.queue(),
                job.kind(),
                job.priority(),
                job.attempt(),
                job.maxAttempts(),
                job.id().createdAt(),
                job.runAt(),
                payload != null && isCut ? cut(payload) : payload,
                isCut,
                shown != null && shown.isShown(),
                shown == null ? null : shown.transform(),
                headers,
                job.uniqueKey(),
                job.worker(),
                job.after(),
                result,
                record.steps(),
                record.stepCount(),
                record.cursor(),
                record.signals(),
                job.failures());
    }

    private static String cut(String payload) {
        int end = Character.isHighSurrogate(payload.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return payload.substring(0, end);
    }
}
