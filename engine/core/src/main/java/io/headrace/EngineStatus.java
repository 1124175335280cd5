package io.headrace;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an engine stands at one moment, as it knows by itself: the store is not asked.
 *
 * @param state whether it works
 * @param worker as which worker the store knows it, 13 characters as in {@link WorkerSnapshot#id}; {@code null} while it does not
 * @param sinceHeartbeat how long ago the store answered its last heartbeat, or registered it; {@code null} if it never has
 * @param heartbeatInterval how often it reports that it is alive
 * @param workerExpiry how long it may be silent before its leases go to others
 * @param leased how many jobs it has leased and not settled, by queue
 * @param problem why it has failed; {@code null} if it has not
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

    /** Whether an engine works. */
    public enum State {
        /** It was not started. */
        NEW,
        /** It works. */
        RUNNING,
        /** It has stopped, or is stopping. */
        STOPPED,
        /** One of its own loops met an error that it has no answer to; it has stopped by itself, or is stopping. */
        FAILED
    }

    /** Whether its leases may be somebody else's by now: it has been silent for as long as its expiry. */
    public boolean isOverdue() {
        return sinceHeartbeat != null && sinceHeartbeat.compareTo(workerExpiry) >= 0;
    }
}
