package io.headrace.engine.schedule;

import io.headrace.schedule.Every;
import io.headrace.schedule.Timetable;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
