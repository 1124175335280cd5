package io.headrace.testkit.memory.places;

import io.headrace.operate.Decision;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All that a store holds. Guarded by its lock.
 *
 * @param places the jobs
 * @param workers those that have registered
 * @param paused the queues from which nothing is claimed, and since when
 * @param schedules those that fire, and their fires
 * @param operations bulk operations, by number
 * @param decisions the operator log, by number
 * @param wakeUps who listens; safe to use without the lock
 */
public record Contents(
        JobPlaces places,
        Workers workers,
        Map<String, Instant> paused,
        Schedules schedules,
        NavigableMap<Long, StoredOperation> operations,
        NavigableMap<Long, Decision> decisions,
        WakeUps wakeUps) {

    /** Nothing yet. */
    public static Contents empty() {
        return new Contents(
                new JobPlaces(),
                new Workers(),
                new HashMap<>(),
                new Schedules(),
                new TreeMap<>(),
                new TreeMap<>(),
                new WakeUps());
    }
}
