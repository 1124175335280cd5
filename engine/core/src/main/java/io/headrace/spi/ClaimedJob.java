package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A job under a lease.
 *
 * @param lease the lease; several jobs of one claim share one
 * @param id the job, as in {@link io.headrace.JobId#value()}
 * @param kind what it is
 * @param priority 0 (first) to 9 (last)
 * @param attempt which attempt this is, from 1
 * @param payload JSON text
 * @param headers JSON text of an object with text values; {@code null} for none
 * @param maxAttempts how many attempts it has by its own word; {@code null} for as many as the policy has
 * @param uniqueKey its unique key, if any
 * @param waitedMillis how long it had been due when it was claimed, by the store's clock; 0 if that is not known
 */
public record ClaimedJob(
        long lease,
        long id,
        String kind,
        int priority,
        int attempt,
        String payload,
        @Nullable String headers,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        long waitedMillis) {}
