package io.headrace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment.
 *
 * @param id the id of the job
 * @param state the state of the job
 * @param queue the queue it belongs to
 * @param kind the kind of the job
 * @param priority from 0 (first) to 9 (last)
 * @param attempt how many attempts have started and counted; 0 before the first
 * @param maxAttempts the maximum number of attempts with which it was enqueued; {@code null} if it is left to the retry
 *     policy of its handler
 * @param runAt when it is due, if it is pending
 * @param payload the raw JSON, as stored, see {@link #payloadTransform}; if it is too long for the store to show, or
 *     may not be shown, a JSON text that says so
 * @param headers the headers as raw JSON, an object with strings; {@code null} if it has none, or if they are too long
 *     for the store to show or may not be shown
 * @param uniqueKey the unique key with which it was enqueued, or {@code null}
 * @param worker the id of the worker that has leased it, as in {@link WorkerSnapshot#id()}; {@code null} if it is not
 *     leased
 * @param result its result as raw JSON, as stored ({@link PayloadTransforms#decodeResult}), if it completed with one;
 *     {@code null} if it has none, or if it may not be shown
 * @param failures its failed attempts, oldest first; for a cancelled job the reason comes last. Stack traces are
 *     present only if they were requested ({@link JobClient#findWithTraces}, {@link JobOperator#find})
 */
public record JobSnapshot(
        JobId id,
        JobState state,
        String queue,
        String kind,
        int priority,
        int attempt,
        @Nullable Integer maxAttempts,
        @Nullable Instant runAt,
        String payload,
        @Nullable String headers,
        @Nullable String uniqueKey,
        @Nullable String worker,
        @Nullable String result,
        List<AttemptFailure> failures) {

    private static final String NOT_SHOWN = "\"(not shown without the right VIEW_PAYLOAD)\"";

    public JobSnapshot {
        failures = List.copyOf(failures);
    }

    /** Returns this snapshot without the stack traces of its failures. */
    public JobSnapshot withoutTraces() {
        List<AttemptFailure> shorter =
                failures.stream().map(AttemptFailure::withoutTrace).toList();
        return copy(payload, headers, result, shorter);
    }

    /**
     * Returns this snapshot without payload, headers and result, for people without the right
     * {@link io.headrace.operate.Right#VIEW_PAYLOAD}: the payload is a JSON text that says so.
     */
    public JobSnapshot withoutPayload() {
        return copy(NOT_SHOWN, null, null, failures);
    }

    /**
     * Returns the names of the {@linkplain PayloadTransform transforms} by which the payload is stored encoded, with the ids
     * of their keys, such as {@code gzip,aes-gcm=2026-11}; {@code null} if it is not transformed, or must not be shown.
     * {@link PayloadTransforms#decode(JobSnapshot)} decodes it.
     */
    public @Nullable String payloadTransform() {
        return PayloadTransforms.header(headers);
    }

    /**
     * Returns the id of the job that enqueued this one when it completed, see {@link JobOutcome#completeThen}; {@code null} if
     * none did, or if headers may not be shown.
     */
    public @Nullable JobId after() {
        String id = PayloadTransforms.header(headers, JobOutcome.AFTER_HEADER);
        try {
            return id == null ? null : JobId.parse(id);
        } catch (IllegalArgumentException e) {
            // The application has written something else into it.
            return null;
        }
    }

    private JobSnapshot copy(
            String otherPayload,
            @Nullable String otherHeaders,
            @Nullable String otherResult,
            List<AttemptFailure> otherFailures) {
        return new JobSnapshot(
                id,
                state,
                queue,
                kind,
                priority,
                attempt,
                maxAttempts,
                runAt,
                otherPayload,
                otherHeaders,
                uniqueKey,
                worker,
                otherResult,
                otherFailures);
    }
}
