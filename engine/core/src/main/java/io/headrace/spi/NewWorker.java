package io.headrace.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that registers.
 *
 * @param name a name for people
 * @param version the version of the application, for people; {@code null} if it is not known
 * @param queues the queues that it works on
 * @param kinds the kinds that it handles, for people who ask why a job waits; {@code null} if it does not know
 * @param slots how many jobs of a queue it runs at once, for the same purpose; a queue that is missing has no known bound
 * @param expiry how long it may be silent
 * @param wasAway as in {@link HeartbeatRequest}, for a worker that registers again; a process that has just started does
 *     not know
 */
public record NewWorker(
        String name,
        @Nullable String version,
        Set<String> queues,
        @Nullable Set<String> kinds,
        Map<String, Integer> slots,
        Duration expiry,
        boolean wasAway) {

    public NewWorker {
        queues = Set.copyOf(queues);
        kinds = kinds == null ? null : Set.copyOf(kinds);
        slots = Map.copyOf(slots);
    }
}
