package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A job under a lease. A store withholds a payload that is not short for certain, and its headers with it, so that what a claim
 * brings is bounded: {@link LeaseStore#payloads} reads them when there is room.
 *
 * @param lease the lease; several jobs of one claim share one
 * @param id the job, as in {@link io.headrace.JobId#value()}
 * @param kind what it is
 * @param priority 0 (first) to 9 (last)
 * @param attempt which attempt this is, from 1
 * @param payload JSON text; {@code null} if it is withheld
 * @param headers JSON text of an object with text values; {@code null} for none, or if the payload is withheld
 * @param maxAttempts how many attempts it has by its own word; {@code null} for as many as the policy has
 * @param uniqueKey its unique key, if any
 * @param waitedMillis how long it had been due when it was claimed, by the store's clock; 0 if that is not known
 * @param withheldBytes how long a withheld payload and its headers may be together, as an estimate; 0 if they are here
 */
public record ClaimedJob(
        long lease,
        long id,
        String kind,
        int priority,
        int attempt,
        @Nullable String payload,
        @Nullable String headers,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        long waitedMillis,
        long withheldBytes) {

    /** One whose payload is here. */
    public ClaimedJob(
            long lease,
            long id,
            String kind,
            int priority,
            int attempt,
            String payload,
            @Nullable String headers,
            @Nullable Integer maxAttempts,
            @Nullable String uniqueKey,
            long waitedMillis) {
        this(lease, id, kind, priority, attempt, payload, headers, maxAttempts, uniqueKey, waitedMillis, 0);
    }

    /** The same without its payload and headers. */
    public ClaimedJob withholding(long bytes) {
        return new ClaimedJob(
                lease, id, kind, priority, attempt, null, null, maxAttempts, uniqueKey, waitedMillis, bytes);
    }
}
