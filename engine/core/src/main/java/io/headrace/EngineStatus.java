package io.headrace;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of an engine at one moment, as the engine itself knows it: the store is not queried.
 *
 * @param state the state of the engine
 * @param worker the id of the engine's worker in the store, 13 characters as in {@link WorkerSnapshot#id}; {@code null}
 *     while it is not registered
 * @param sinceHeartbeat the time since the store answered its last heartbeat, or registered it; {@code null} if it
 *     never has
 * @param heartbeatInterval the interval between its heartbeats
 * @param workerExpiry how long it may be silent before its leases go to others
 * @param leased the number of jobs that it has leased and not settled, by queue
 * @param problem why it has failed; {@code null} if it has not failed
 */
public record EngineStatus(
        State state,
        @Nullable String worker,
        @Nullable Duration sinceHeartbeat,
        Duration heartbeatInterval,
        Duration workerExpiry,
        Map<String, Integer> leased,
        @Nullable String problem) {

    public EngineStatus {
        leased = Map.copyOf(leased);
    }

    /** The state of an engine. */
    public enum State {
        /** The engine was not started. */
        NEW,
        /** The engine is running. */
        RUNNING,
        /** The engine has stopped, or is stopping. */
        STOPPED,
        /** One of the engine's own loops met an unexpected error. The engine has stopped by itself, or is stopping. */
        FAILED
    }

    /** Whether its leases may already belong to others: it has been silent for as long as its expiry. */
    public boolean isOverdue() {
        return sinceHeartbeat != null && sinceHeartbeat.compareTo(workerExpiry) >= 0;
    }
}
