package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the engine, which runs handlers.
 *
 * @param enabled Whether the application runs an engine. Enabled by default if there are handlers or schedules.
 * @param name Name of the engine in the store, for people. The host name by default.
 * @param version Version of the application, for people. That of the build properties or spring.application.version by
 *     default.
 * @param heartbeatInterval Interval between heartbeats, which report that the engine is alive.
 * @param workerExpiry Time for which the engine may be silent before its leases go to others. At least two heartbeat
 *     intervals.
 * @param sweepInterval Interval at which the engine looks for expired leases.
 * @param payloadBudget Size of the payloads that the engine holds at a time, at least 1MB. An eighth of the heap by
 *     default.
 * @param retention Retention of ended jobs, of fires, of decisions and of signals.
 * @param retry Retry policy of handlers that do not define their own.
 */
public record EngineProperties(
        @Nullable Boolean enabled,
        @Nullable String name,
        @Nullable String version,
        @DefaultValue("10s") Duration heartbeatInterval,
        @DefaultValue("30s") Duration workerExpiry,
        @DefaultValue("10s") Duration sweepInterval,
        @Nullable DataSize payloadBudget,
        @DefaultValue Retention retention,
        @DefaultValue Retry retry) {

    /**
     * Retention of ended jobs, of fires, of decisions and of signals.
     *
     * @param failed Minimum time for which tombstones are kept, so that failed jobs can be retried.
     * @param completed Minimum time for which completed jobs are kept.
     * @param fires Minimum time for which the fires of schedules are kept on record.
     * @param decisions Minimum time for which decisions of operators are kept on record.
     * @param signals Minimum time for which signals are kept.
     */
    public record Retention(
            @DefaultValue("14d") Duration failed,
            @DefaultValue("7d") Duration completed,
            @DefaultValue("7d") Duration fires,
            @DefaultValue("90d") Duration decisions,
            @DefaultValue("7d") Duration signals) {}

    /**
     * Retry policy: another attempt after an increasing delay, until no attempts are left.
     *
     * @param maxAttempts Maximum number of attempts of a job, 1 to 1000.
     * @param first Delay after the first failed attempt.
     * @param factor Factor by which each delay exceeds the previous one, 1 or more.
     * @param cap Maximum delay.
     * @param jitter Share by which each delay varies at random, 0 to 1.
     */
    public record Retry(
            @DefaultValue("20") int maxAttempts,
            @DefaultValue("5s") Duration first,
            @DefaultValue("2") double factor,
            @DefaultValue("5m") Duration cap,
            @DefaultValue("0") double jitter) {}
}
