package io.headrace.testkit.memory.places;

import io.headrace.JobId;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which clients wait for the end of which jobs, and until when they are told. Guarded by the store's lock. */
public final class Waiters {

    private static final Duration LONG = Duration.ofHours(1);

    private final Map<Long, Map<Long, Instant>> expiries = new HashMap<>();
    private final Set<JobId> completed = new HashSet<>();
    private final Set<JobId> others = new HashSet<>();

    /** A client waits for a job. */
    public void add(long job, long client, Instant expiresAt) {
        expiries.computeIfAbsent(job, any -> new HashMap<>()).put(client, expiresAt);
    }

    /** A client no longer waits for a job. */
    public void remove(long job, long client) {
        Map<Long, Instant> clients = expiries.getOrDefault(job, Map.of());
        if (clients.containsKey(client)) {
            clients.remove(client);
            expiries.computeIfPresent(job, (id, left) -> left.isEmpty() ? null : left);
        }
    }

    /** A settlement has ended a job. */
    void ended(StoredJob job, boolean hasCompleted, Instant now) {
        if (expiries.getOrDefault(job.id(), Map.of()).values().stream().anyMatch(now::isBefore)) {
            (hasCompleted ? completed : others).add(new JobId(job.id()));
        }
    }

    /** What is to be announced since this was last asked; empty if there is nothing. */
    List<WakeUp> takeEnded() {
        if (completed.isEmpty() && others.isEmpty()) {
            return List.of();
        }
        WakeUp ended = new WakeUp.Ended(completed, others);
        completed.clear();
        others.clear();
        return List.of(ended);
    }

    /** Forgets those that have expired. */
    public void prune(Instant now) {
        expiries.values().forEach(clients -> clients.values().removeIf(expiresAt -> !now.isBefore(expiresAt)));
        expiries.values().removeIf(Map::isEmpty);
    }

    /** The jobs of those that expired long ago. */
    public List<Long> leftBehind(Instant now) {
        return expiries.entrySet().stream()
                .filter(job -> job.getValue().values().stream()
                        .anyMatch(expiresAt -> expiresAt.plus(LONG).isBefore(now)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many registrations there are, those that have expired included. */
    public int size() {
        return expiries.values().stream().mapToInt(Map::size).sum();
    }

    /** Forgets everything. */
    public void clear() {
        expiries.clear();
        completed.clear();
        others.clear();
    }
}
