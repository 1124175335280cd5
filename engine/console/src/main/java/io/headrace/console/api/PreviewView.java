package io.headrace.console.api;

import io.headrace.schedule.Cron;
import io.headrace.schedule.Occurrence;
import io.headrace.schedule.Timetable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The next instants of a schedule, in UTC and in its zone, with what changes of the clocks do to them. */
record PreviewView(String schedule, String zone, List<Next> instants) {

    /** @param shift {@code NONE}, {@code GAP} or {@code REPEATED_HOUR} */
    record Next(Instant at, OffsetDateTime local, Occurrence.Shift shift) {}

    static PreviewView of(String name, Timetable timetable, List<Instant> instants) {
        ZoneId zone = timetable.zone();
        Map<Instant, Occurrence.Shift> shifts = shifts(name, timetable, instants);
        return new PreviewView(
                name,
                zone.getId(),
                instants.stream()
                        .map(at -> new Next(
                                at, at.atZone(zone).toOffsetDateTime(), shifts.getOrDefault(at, Occurrence.Shift.NONE)))
                        .toList());
    }

    private static Map<Instant, Occurrence.Shift> shifts(String name, Timetable timetable, List<Instant> instants) {
        Map<Instant, Occurrence.Shift> shifts = new HashMap<>();
        if (timetable instanceof Cron cron && !instants.isEmpty()) {
            cron.named(name)
                    .preview(instants.size(), instants.get(0).minusNanos(1).atZone(cron.zone()))
                    .forEach(occurrence -> shifts.put(occurrence.at().toInstant(), occurrence.shift()));
        }
        return shifts;
    }
}
