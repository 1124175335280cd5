package io.headrace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as its handler sees it, in one attempt.
 *
 * @param id the permanent id of the job
 * @param kind the kind of the job, as in {@link JobType#kind()}
 * @param queue the queue in which it waited
 * @param priority from 0 (first) to 9 (last)
 * @param attempt the number of this attempt, starting at 1
 * @param maxAttempts the maximum number of attempts, by the policy that currently applies
 * @param payload the payload
 * @param headers the metadata beside the payload
 * @param uniqueKey the unique key with which it was enqueued, or {@code null}
 * @param run what the handler can do in this attempt, by the methods of this record
 */
public record Job<T>(
        JobId id,
        String kind,
        String queue,
        int priority,
        int attempt,
        int maxAttempts,
        T payload,
        Map<String, String> headers,
        @Nullable String uniqueKey,
        JobRun run) {

    /** Creates a job outside of an engine, for example to test a handler: see {@link JobRun#DETACHED}. */
    public Job(
            JobId id,
            String kind,
            String queue,
            int priority,
            int attempt,
            int maxAttempts,
            T payload,
            Map<String, String> headers,
            @Nullable String uniqueKey) {
        this(id, kind, queue, priority, attempt, maxAttempts, payload, headers, uniqueKey, JobRun.DETACHED);
    }

    /**
     * Reports the progress of this attempt to everybody who {@linkplain JobClient#watch watches} the job. Only the
     * latest report counts. It is kept in memory and written together with that of all other running jobs: at once if
     * no progress was written recently, otherwise at the next {@link JobEngine.Builder#progressInterval}. Call this
     * method as often as you like, from any thread. It does not block and never fails; values out of range are
     * adjusted, see {@link JobProgress}. After the attempt has ended, it does nothing.
     *
     * @param percent from 0 to 100
     * @param message for people to read, up to {@link JobConstraints#PROGRESS_MESSAGE_CHARACTERS} characters
     */
    public void progress(int percent, @Nullable String message) {
        run.progress(new JobProgress(percent, message));
    }

    /** Like {@link #progress(int, String)}, without a message. */
    public void progress(int percent) {
        progress(percent, null);
    }

    /** Whether this is the last attempt, so that a failure is final. */
    public boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** When the job was enqueued, by the database's clock. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
