package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A leased job. So that the size of a claim is bounded, a store withholds payloads that are not certainly short,
 * together with their headers. {@link LeaseStore#payloads} reads them when there is room.
 *
 * @param lease the lease; several jobs of one claim share a lease
 * @param id the job, as in {@link io.headrace.JobId#value()}
 * @param kind the kind of the job
 * @param priority from 0 (first) to 9 (last)
 * @param attempt the number of this attempt, starting at 1
 * @param payload the payload as JSON text; {@code null} if withheld
 * @param headers the headers as JSON text of an object with string values; {@code null} for none, or if the payload is
 *     withheld
 * @param maxAttempts the job's own maximum number of attempts; {@code null} to use the policy
 * @param uniqueKey the unique key, or {@code null}
 * @param waitedMillis how long the job had been due when it was claimed, by the store's clock; 0 if unknown
 * @param withheldBytes the estimated combined length of a withheld payload and its headers; 0 if they are present
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

    /** Creates a job whose payload is present. */
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

    /** Returns this job without its payload and headers. */
    public ClaimedJob withholding(long bytes) {
        return new ClaimedJob(
                lease, id, kind, priority, attempt, null, null, maxAttempts, uniqueKey, waitedMillis, bytes);
    }
}
