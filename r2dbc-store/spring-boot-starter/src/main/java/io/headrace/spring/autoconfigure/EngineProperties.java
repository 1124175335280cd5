package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How jobs are handled.
 *
 * @param enabled Whether jobs are handled here; by default if there are handlers.
 * @param name How this engine is called in the store, for people to read; by default the name of the host.
 * @param heartbeatInterval How often the engine reports that it is alive.
 * @param workerExpiry How long the engine may stay silent before its leases go to others; at least two heartbeat intervals.
 * @param sweepInterval How often the engine looks for expired leases.
 * @param payloadBudget How much of its jobs' payloads the engine holds at a time, 1MB at least; by default an eighth of the heap.
 * @param retention How long what has ended is kept.
 * @param retry What follows a failed attempt where a handler says nothing itself.
 */
public record EngineProperties(
        @Nullable Boolean enabled,
        @Nullable String name,
        @DefaultValue("10s") Duration heartbeatInterval,
        @DefaultValue("30s") Duration workerExpiry,
        @DefaultValue("10s") Duration sweepInterval,
        @Nullable DataSize payloadBudget,
        @DefaultValue Retention retention,
        @DefaultValue Retry retry) {

    /**
     * How long what has ended is kept.
     *
     * @param failed How long tombstones are kept at least, so that they can be retried.
     * @param completed How long completed jobs are kept at least.
     */
    public record Retention(
            @DefaultValue("14d") Duration failed,
            @DefaultValue("7d") Duration completed) {}

    /**
     * What follows a failed attempt: another one after a wait that grows, until there are no more attempts.
     *
     * @param maxAttempts How many attempts a job has, 1 to 1000.
     * @param first How long to wait after the first failed attempt.
     * @param factor By how much the next wait is longer, 1 or more.
     * @param cap The longest wait.
     * @param jitter How much of a wait is left to chance, 0 to 1.
     */
    public record Retry(
            @DefaultValue("20") int maxAttempts,
            @DefaultValue("5s") Duration first,
            @DefaultValue("2") double factor,
            @DefaultValue("5m") Duration cap,
            @DefaultValue("0") double jitter) {}
}
