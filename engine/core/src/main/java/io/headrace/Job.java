package io.headrace;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job as its handler sees it: one attempt at it.
 *
 * @param id names it for ever
 * @param kind what it is, as in {@link JobType#kind()}
 * @param queue where it waited
 * @param priority 0 (first) to 9 (last)
 * @param attempt which attempt this is, from 1
 * @param maxAttempts after which attempt a failure is final, by the policy in force now
 * @param payload what it carries
 * @param headers what travels beside the payload
 * @param uniqueKey the key it was enqueued with, if any
 * @param reports where {@link #progress} goes
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
        Consumer<JobProgress> reports) {

    /** A job whose progress goes nowhere, as for a handler's own tests. */
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
        this(id, kind, queue, priority, attempt, maxAttempts, payload, headers, uniqueKey, progress -> {});
    }

    /**
     * Says how far this attempt has come, for those who {@linkplain JobClient#watch watch} the job. Only the latest word
     * counts: it is kept in memory and written for all running jobs together, at once if that was not done lately, otherwise
     * with the next {@link JobEngine.Builder#progressInterval}. Call it as often as you like, from any thread: it does not
     * block, and it never errs; what is out of bounds is brought into them, see {@link JobProgress}. After the attempt has
     * ended it does nothing.
     *
     * @param percent 0 to 100
     * @param message for people to read, up to {@link Limits#PROGRESS_MESSAGE_CHARACTERS} characters
     */
    public void progress(int percent, @Nullable String message) {
        reports.accept(new JobProgress(percent, message));
    }

    /** {@link #progress(int, String)} without a message. */
    public void progress(int percent) {
        progress(percent, null);
    }

    /** Whether a failure now is final. */
    public boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** When it was enqueued, by the database's clock. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
