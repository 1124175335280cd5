package io.headrace.postgres.schedule;

import io.headrace.postgres.sql.Columns;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.Overlap;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a statement that reads schedules: what time it is, which every row says, and a schedule unless there is none.
 *
 * @param schedule the columns of {@code part/schedule.sql} and its payload
 */
record ScheduleRow(Instant now, @Nullable StoredSchedule schedule) {

    static ScheduleRow of(Readable row) {
        return new ScheduleRow(Columns.time(row, "now"), schedule(row));
    }

    static List<StoredSchedule> schedules(List<ScheduleRow> rows) {
        return rows.stream().map(ScheduleRow::schedule).filter(Objects::nonNull).toList();
    }

    static @Nullable StoredSchedule schedule(Readable row) {
        String name = row.get("name", String.class);
        return name == null
                ? null
                : new StoredSchedule(
                        name, Columns.number(row, "version"), terms(row), declaration(row), times(row), history(row));
    }

    private static Terms terms(Readable row) {
        return new Terms(
                Columns.text(row, "timetable"),
                Columns.text(row, "zone"),
                Columns.time(row, "start_at"),
                Duration.ofMillis(Columns.number(row, "jitter_ms")),
                Columns.integer(row, "misfire"),
                Overlap.valueOf(Columns.text(row, "overlap")),
                new Template(
                        Columns.text(row, "queue"),
                        Columns.text(row, "kind"),
                        Columns.integer(row, "priority"),
                        row.get("payload", String.class),
                        row.get("headers", String.class),
                        row.get("max_attempts", Integer.class)));
    }

    private static @Nullable Declaration declaration(Readable row) {
        String text = row.get("declaration", String.class);
        return text == null
                ? null
                : new Declaration(text, Columns.time(row, "declared_at"), Columns.flag(row, "overridden"));
    }

    private static Times times(Readable row) {
        String pause = row.get("pause", String.class);
        Instant waitingAt = row.get("waiting_at", Instant.class);
        return new Times(
                pause == null ? null : Pause.valueOf(pause),
                row.get("due_at", Instant.class),
                row.get("next_at", Instant.class),
                waitingAt == null
                        ? null
                        : new Waiting(waitingAt, FireCause.valueOf(Columns.text(row, "waiting_cause"))));
    }

    private static History history(Readable row) {
        return new History(
                row.get("last_at", Instant.class),
                row.get("last_job", Long.class),
                Columns.flag(row, "busy"),
                Columns.number(row, "fires"),
                Columns.number(row, "passed_over"),
                row.get("pruned_to", Instant.class));
    }
}
