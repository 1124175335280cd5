package io.headrace.postgres.operate;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedSignal;
import io.headrace.operate.RecordedStep;
import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code record.sql}: one of these.
 *
 * @param steps of a step, how many there are in all
 */
record RecordRow(
        @Nullable RecordedStep step,
        long steps,
        @Nullable RecordedCursor cursor,
        @Nullable RecordedSignal signal) {

    static RecordRow of(Readable row) {
        return switch (Columns.text(row, "what")) {
            case "STEP" -> new RecordRow(step(row), Columns.number(row, "steps"), null, null);
            case "CURSOR" -> new RecordRow(null, 0, cursor(row), null);
            default -> new RecordRow(null, 0, null, signal(row));
        };
    }

    private static RecordedStep step(Readable row) {
        return new RecordedStep(
                Columns.text(row, "name"),
                Columns.integer(row, "attempt"),
                Columns.moment(row, "at_us"),
                Duration.ofMillis(Columns.integer(row, "took_ms")),
                value(row));
    }

    private static RecordedCursor cursor(Readable row) {
        return new RecordedCursor(
                Columns.integer(row, "attempt"), Columns.moment(row, "at_us"), Columns.text(row, "value"));
    }

    private static RecordedSignal signal(Readable row) {
        Long until = row.get("until_us", Long.class);
        return new RecordedSignal(
                Columns.text(row, "name"),
                RecordedSignal.State.valueOf(Columns.text(row, "state")),
                Columns.moment(row, "at_us"),
                until == null ? null : Columns.moment(until),
                value(row));
    }

    private static @Nullable String value(Readable row) {
        return Columns.flag(row, "left_out") ? JobRecord.NOT_SHOWN : row.get("value", String.class);
    }

    /** @param rows steps and signals in their order */
    static JobRecord record(JobId job, List<RecordRow> rows) {
        // A statement whose answer was lost may have been sent again while it was running: the same step, twice.
        Map<String, RecordedStep> steps = new LinkedHashMap<>();
        rows.stream()
                .map(RecordRow::step)
                .filter(Objects::nonNull)
                .forEach(step -> steps.putIfAbsent(step.name(), step));
        long count = rows.stream().mapToLong(RecordRow::steps).max().orElse(0);
        return new JobRecord(
                job,
                List.copyOf(steps.values()),
                count > JobRecord.MOST_STEPS ? (int) count : steps.size(),
                rows.stream()
                        .map(RecordRow::cursor)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                rows.stream().map(RecordRow::signal).filter(Objects::nonNull).toList());
    }
}
