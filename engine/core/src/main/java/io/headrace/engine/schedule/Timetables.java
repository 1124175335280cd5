package io.headrace.engine.schedule;

import io.headrace.schedule.Every;
import io.headrace.schedule.Timetable;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The timetables of stored schedules, read once as long as they are in use. Thread-safe. */
final class Timetables {

    private static final int MOST_KEPT = 20_000;

    private final Map<Key, Timetable> read = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Timetable> eldest) {
            return size() > MOST_KEPT;
        }
    });

    private record Key(String name, String text, String zone, Instant start) {}

    Timetable of(StoredSchedule schedule) {
        StoredSchedule.Terms terms = schedule.terms();
        return read.computeIfAbsent(
                new Key(schedule.name(), terms.timetable(), terms.zone(), terms.start()), Timetables::read);
    }

    private static Timetable read(Key key) {
        Timetable timetable = Timetable.parse(key.text, ZoneId.of(key.zone)).named(key.name);
        boolean isAnchored = timetable instanceof Every every && every.start().isPresent();
        return isAnchored ? timetable : timetable.from(key.start);
    }

    /**
     * The instants of a timetable in their order.
     *
     * @param first the first of them; {@code null} if there is none
     * @param until ends before this
     * @param most how many
     */
    static List<Instant> instants(Timetable timetable, @Nullable Instant first, Instant until, int most) {
        List<Instant> instants = new ArrayList<>();
        Instant at = first;
        while (at != null && at.isBefore(until) && instants.size() < most) {
            instants.add(at);
            at = timetable.next(at).orElse(null);
        }
        return instants;
    }

    /** When a schedule fires for one of its instants: later by a jitter that depends on nothing else. */
    static Instant withJitter(StoredSchedule schedule, Instant at) {
        Duration most = schedule.terms().jitter();
        if (most.isZero()) {
            return at;
        }
        long mixed = ((schedule.name().hashCode() * 0x9E3779B97F4A7C15L) ^ at.toEpochMilli()) * 0xBF58476D1CE4E5B9L;
        return at.plusMillis(Math.floorMod(mixed ^ (mixed >>> 31), most.toMillis() + 1));
    }
}
