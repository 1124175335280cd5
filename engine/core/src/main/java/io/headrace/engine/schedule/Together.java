package io.headrace.engine.schedule;

import io.headrace.schedule.Overlap;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.StoredSchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Of the schedules that a look has found, those that fire together: all that are due; or if none is due yet, those that are due
 * first. Whether the last job of a schedule has ended is asked when it is due and not before.
 *
 * @param at when they fire, by the store's clock: the time of the look, or later
 * @param schedules those that do; may be empty
 * @param next when the next of the others is due; {@code null} if there is none
 */
record Together(
        Instant at,
        List<StoredSchedule> schedules,
        @Nullable Instant next) {

    /** @param due has at least one schedule */
    static Together of(DueSchedules due) {
        Instant first = nextAt(due.schedules().get(0));
        boolean isAhead = first.isAfter(due.now());
        Instant at = isAhead ? first : due.now();
        List<StoredSchedule> together = new ArrayList<>(due.schedules().size());
        Instant next = due.next();
        for (StoredSchedule schedule : due.schedules()) {
            boolean isKnown = !isAhead || schedule.terms().overlap() == Overlap.ALLOW;
            if (isKnown && !nextAt(schedule).isAfter(at)) {
                together.add(schedule);
            } else if (next == null || nextAt(schedule).isBefore(next)) {
                next = nextAt(schedule);
            }
        }
        return new Together(at, together, next);
    }

    private static Instant nextAt(StoredSchedule schedule) {
        return Objects.requireNonNull(schedule.times().nextAt());
    }
}
