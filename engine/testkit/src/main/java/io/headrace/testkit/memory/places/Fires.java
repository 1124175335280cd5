package io.headrace.testkit.memory.places;

import io.headrace.schedule.FireSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fires on record, also those of schedules that were removed. Guarded by the store's lock. */
public final class Fires {

    private final Map<String, NavigableMap<Instant, StoredFire>> bySchedule = new HashMap<>();

    public @Nullable StoredFire find(String schedule, Instant at) {
        return fires(schedule).get(at);
    }

    /** Records a fire, instead of the one of the same instant. */
    public void record(String schedule, StoredFire fire) {
        fires(schedule).put(fire.at(), fire);
    }

    /** Records that nothing comes of a fire that waited: its schedule no longer waits for it. */
    public void forgo(String schedule, Instant at) {
        StoredFire fire = find(schedule, at);
        if (fire != null && fire.isWaiting()) {
            record(schedule, fire.skipped());
        }
    }

    /** Those of instants before a moment, the latest first. */
    public List<FireSnapshot> before(String schedule, @Nullable Instant moment, int most, JobPlaces places) {
        NavigableMap<Instant, StoredFire> fires = fires(schedule);
        return (moment == null ? fires : fires.headMap(moment, false))
                .descendingMap().values().stream()
                        .limit(most)
                        .map(fire -> fire.snapshot(schedule, places))
                        .toList();
    }

    /**
     * Forgets the fires of a schedule that were recorded before a moment, save those that wait.
     *
     * @return their instants
     */
    public List<Instant> prune(String schedule, Instant recordedBefore) {
        NavigableMap<Instant, StoredFire> fires = fires(schedule);
        List<Instant> old = fires.values().stream()
                .filter(fire -> !fire.isWaiting() && fire.firedAt().isBefore(recordedBefore))
                .map(StoredFire::at)
                .toList();
        old.forEach(fires::remove);
        return old;
    }

    /** The schedules that have fires on record. */
    public List<String> schedules() {
        return List.copyOf(bySchedule.keySet());
    }

    /** Those of a schedule, ordered by their instants. */
    public Collection<StoredFire> of(String schedule) {
        return fires(schedule).values();
    }

    public void remove(String schedule, Instant at) {
        fires(schedule).remove(at);
    }

    void clear() {
        bySchedule.clear();
    }

    private NavigableMap<Instant, StoredFire> fires(String schedule) {
        return bySchedule.computeIfAbsent(schedule, any -> new TreeMap<>());
    }
}
