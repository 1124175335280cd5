package io.headrace;

import java.time.Instant;
import java.util.Map;
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
        @Nullable String uniqueKey) {

    /** Whether a failure now is final. */
    public boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** When it was enqueued, by the database's clock. */
    public Instant createdAt() {
        return id.createdAt();
    }
}
