package io.headrace.operate;

import io.headrace.JobId;
import io.headrace.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in a list: what a line shows, without its payload and its stack traces. {@link io.headrace.JobOperator#find} shows
 * all of it.
 *
 * @param id the id of the job, which tells when it was enqueued ({@link JobId#createdAt})
 * @param state the state of the job
 * @param queue the queue it belongs to
 * @param kind the kind of the job
 * @param priority from 0 (first) to 9 (last)
 * @param attempt how many attempts have started and counted; 0 before the first
 * @param runAt when it is due, if it is pending; {@code null} also if a search by key found it and the store would have to
 *     read everything that waits to tell
 * @param endedAt when it completed, failed, was cancelled or discarded as a failed job; {@code null} if it has not ended, or
 *     if a search by key found it
 * @param uniqueKey the unique key with which it was enqueued, or {@code null}
 * @param errorType of a failed, cancelled or discarded job, the class name of its last error, or {@code null}
 * @param message of a failed, cancelled or discarded job, the message of its last error, or {@code null}
 * @param worker of a leased job, the id of the worker that has it, or {@code null}
 */
public record JobItem(
        JobId id,
        JobState state,
        String queue,
        String kind,
        int priority,
        int attempt,
        @Nullable Instant runAt,
        @Nullable Instant endedAt,
        @Nullable String uniqueKey,
        @Nullable String errorType,
        @Nullable String message,
        @Nullable String worker) {}
