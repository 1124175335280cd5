package io.headrace.engine.schedule;

import io.headrace.schedule.Timetable;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instants of a schedule that are to fire now. Late ones all fire. If the earliest is more than {@link #MISSED_AFTER}
 * late, no engine was there for it, and the misfire policy decides about all that have passed.
 *
 * @param instants in ascending order
 * @param passedOver how many more have passed and do not fire
 * @param next the instant after these; {@code null} if there is none
 */
record DueInstants(
        List<Instant> instants, long passedOver, @Nullable Instant next) {

    static final Duration MISSED_AFTER = Duration.ofSeconds(10);

    /** Of late ones at a time. The rest follow with the next look. */
    private static final int MOST_LATE = 64;

    static DueInstants of(StoredSchedule schedule, Timetable timetable, Instant now) {
        Instant first = schedule.times().dueAt();
        if (first == null || Timetables.withJitter(schedule, first).isAfter(now)) {
            return new DueInstants(List.of(), 0, first);
        }
        return awaited(schedule, first).plus(MISSED_AFTER).isBefore(now)
                ? missed(schedule, timetable, first, now)
                : late(schedule, timetable, first, now);
    }

    /** Since when a look has been due. A look that left the rest of the late ones for the next has set a later time. */
    private static Instant awaited(StoredSchedule schedule, Instant first) {
        Instant due = Timetables.withJitter(schedule, first);
        Instant nextAt = schedule.times().nextAt();
        return nextAt == null || nextAt.isBefore(due) ? due : nextAt;
    }

    private static DueInstants missed(StoredSchedule schedule, Timetable timetable, Instant first, Instant now) {
        Instant before = first.minusNanos(1);
        List<Instant> latest = timetable.latest(schedule.terms().misfire(), before, now);
        return new DueInstants(
                latest,
                timetable.count(before, now) - latest.size(),
                timetable.next(now).orElse(null));
    }

    private static DueInstants late(StoredSchedule schedule, Timetable timetable, Instant first, Instant now) {
        List<Instant> instants = new ArrayList<>(1);
        Instant at = first;
        while (at != null
                && instants.size() < MOST_LATE
                && !Timetables.withJitter(schedule, at).isAfter(now)) {
            instants.add(at);
            at = timetable.next(at).orElse(null);
        }
        return new DueInstants(instants, 0, at);
    }
}
