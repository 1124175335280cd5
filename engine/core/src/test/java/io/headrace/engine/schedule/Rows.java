package io.headrace.engine.schedule;

import io.headrace.schedule.Overlap;
import io.headrace.schedule.Timetable;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stored schedules for tests. */
final class Rows {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Rows() {}

    static StoredSchedule row(Timetable timetable, int misfire, Duration jitter, @Nullable Instant dueAt) {
        return new StoredSchedule(
                "mill",
                1,
                new Terms(
                        timetable.text(),
                        timetable.zone().getId(),
                        START,
                        jitter,
                        misfire,
                        Overlap.ALLOW,
                        new Template("default", "grind", 4, "\"rye\"", null, null)),
                null,
                new Times(null, dueAt, dueAt, null),
                History.NONE);
    }

    static StoredSchedule overlapping(StoredSchedule row, Overlap overlap, boolean isBusy, @Nullable Waiting waiting) {
        Terms terms = row.terms();
        return new StoredSchedule(
                row.name(),
                row.version(),
                new Terms(
                        terms.timetable(),
                        terms.zone(),
                        terms.start(),
                        terms.jitter(),
                        terms.misfire(),
                        overlap,
                        terms.job()),
                null,
                new Times(null, row.times().dueAt(), row.times().nextAt(), waiting),
                new History(null, 7L, isBusy, 0, 0, null));
    }
}
