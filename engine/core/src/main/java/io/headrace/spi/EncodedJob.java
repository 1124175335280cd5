package io.headrace.spi;

import io.headrace.Enqueued;
import io.headrace.JobId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is written to the store.
 *
 * @param queue the queue in which it waits
 * @param kind the kind of the job
 * @param priority from 0 (first) to 9 (last)
 * @param delay the delay after which it is due, unless {@code runAt} is set
 * @param runAt the time at which it is due, by the store's clock; a time in the past means now
 * @param payload the payload as JSON text
 * @param headers the headers as JSON text of an object with string values; {@code null} for none
 * @param maxAttempts the maximum number of attempts; {@code null} to use the handler's policy
 * @param uniqueKey the key that at most one live job of the kind has; {@code null} for none
 * @param terms the terms on which it is enqueued; {@code null} if it is simply added
 */
public record EncodedJob(
        String queue,
        String kind,
        int priority,
        Duration delay,
        @Nullable Instant runAt,
        String payload,
        @Nullable String headers,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        @Nullable EnqueueTerms terms) {

    public EncodedJob {
        if (terms != null && (uniqueKey == null) == (terms.key() == null)) {
            throw new IllegalArgumentException(
                    "a job has either a unique key or terms with a key: " + uniqueKey + ", " + terms);
        }
    }

    /** Creates a job that is enqueued without terms. */
    public EncodedJob(
            String queue,
            String kind,
            int priority,
            Duration delay,
            @Nullable Instant runAt,
            String payload,
            @Nullable String headers,
            @Nullable Integer maxAttempts,
            @Nullable String uniqueKey) {
        this(queue, kind, priority, delay, runAt, payload, headers, maxAttempts, uniqueKey, null);
    }

    /** Whether it is due at once, has no unique key and is enqueued without terms. */
    public boolean isPlain() {
        return delay.isZero() && runAt == null && uniqueKey == null && terms == null;
    }

    /**
     * Returns the key for which this enqueue may have to wait for others of the kind: the unique key or that of its
     * terms; {@code null} if it has neither.
     */
    public @Nullable String key() {
        return uniqueKey != null || terms == null ? uniqueKey : terms.key();
    }

    /** Returns the answer if it was not added, because of a job that already exists. */
    public Enqueued answeredWith(JobId existing) {
        return new Enqueued(existing, false, reason());
    }

    /** Returns why it is not added, if it is not. */
    public Enqueued.Reason reason() {
        return terms == null ? Enqueued.Reason.UNIQUE_KEY : terms.reason();
    }

    /** Returns the length of its JSON, in characters. */
    public long length() {
        return (long) payload.length() + (headers == null ? 0 : headers.length());
    }

    /** Returns the job as its first attempt sees it. */
    public ClaimedJob claimed(long lease, long id) {
        return new ClaimedJob(lease, id, kind, priority, 1, payload, headers, maxAttempts, uniqueKey, 0);
    }
}
