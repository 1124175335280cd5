package io.headrace.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way into the store.
 *
 * @param queue where it waits
 * @param kind what it is
 * @param priority 0 (first) to 9 (last)
 * @param delay after which it is due, unless {@code runAt} says when
 * @param runAt when it is due, by the store's clock; a moment in the past means now
 * @param payload JSON text
 * @param headers JSON text of an object with text values; {@code null} for none
 * @param maxAttempts how many attempts it has; {@code null} for as many as its handler's policy has
 * @param uniqueKey at most one live job of the kind has it; {@code null} for none
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
        @Nullable String uniqueKey) {

    /** Whether it is due at once and has no unique key. */
    public boolean isPlain() {
        return delay.isZero() && runAt == null && uniqueKey == null;
    }

    /** How long its JSON is, in characters. */
    public long length() {
        return (long) payload.length() + (headers == null ? 0 : headers.length());
    }

    /** As its first attempt finds it. */
    public ClaimedJob claimed(long lease, long id) {
        return new ClaimedJob(lease, id, kind, priority, 1, payload, headers, maxAttempts, uniqueKey, 0);
    }
}
