package io.headrace.postgres.operate;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
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
 * A row of {@code record.sql}: a step, or a cursor.
 *
 * @param steps of a step, how many there are in all
 */
record RecordRow(
        @Nullable RecordedStep step, long steps, @Nullable RecordedCursor cursor) {

    static RecordRow of(Readable row) {
        String name = row.get("name", String.class);
        int attempt = Columns.integer(row, "attempt");
        if (name == null) {
            return new RecordRow(
                    null, 0, new RecordedCursor(attempt, Columns.moment(row, "at_us"), Columns.text(row, "value")));
        }
        RecordedStep step = new RecordedStep(
                name,
                attempt,
                Columns.moment(row, "at_us"),
                Duration.ofMillis(Columns.integer(row, "took_ms")),
                Columns.flag(row, "left_out") ? JobRecord.NOT_SHOWN : row.get("value", String.class));
        return new RecordRow(step, Columns.number(row, "steps"), null);
    }

    /** @param rows the first step first */
    static JobRecord record(JobId job, List<RecordRow> rows) {
        // A statement whose answer was lost may have been sent again while it was running: the same step, twice.
        Map<String, RecordedStep> steps = new LinkedHashMap<>();
        rows.stream()
                .map(RecordRow::step)
                .filter(Objects::nonNull)
                .forEach(step -> steps.putIfAbsent(step.name(), step));
        long all = rows.stream().mapToLong(RecordRow::steps).max().orElse(0);
        return new JobRecord(
                job,
                List.copyOf(steps.values()),
                all > JobRecord.MOST_STEPS ? (int) all : steps.size(),
                rows.stream()
                        .map(RecordRow::cursor)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
