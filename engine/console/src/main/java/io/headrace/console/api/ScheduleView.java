package io.headrace.console.api;

import io.headrace.JobId;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import io.headrace.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, with its timetable as text.
 *
 * @param timetable as stored; {@code null} if this process cannot read it
 * @param description the timetable in words
 */
record ScheduleView(
        String name,
        ScheduleState state,
        @Nullable String timetable,
        @Nullable String zone,
        @Nullable String description,
        String queue,
        String kind,
        boolean isMade,
        Duration jitter,
        String misfire,
        Overlap overlap,
        boolean isDeclared,
        boolean isOverridden,
        @Nullable Instant next,
        @Nullable Instant lastAt,
        @Nullable JobId lastJob,
        boolean isWaiting,
        long fires,
        long passedOver) {

    static ScheduleView of(ScheduleSnapshot schedule) {
        Timetable timetable = schedule.timetable();
        return new ScheduleView(
                schedule.name(),
                schedule.state(),
                timetable == null ? null : timetable.text(),
                timetable == null ? null : timetable.zone().getId(),
                timetable == null ? null : timetable.describe(),
                schedule.queue(),
                schedule.kind(),
                schedule.isMade(),
                schedule.jitter(),
                schedule.misfire().toString(),
                schedule.overlap(),
                schedule.isDeclared(),
                schedule.isOverridden(),
                schedule.next(),
                schedule.lastAt(),
                schedule.lastJob(),
                schedule.isWaiting(),
                schedule.fires(),
                schedule.passedOver());
    }
}
