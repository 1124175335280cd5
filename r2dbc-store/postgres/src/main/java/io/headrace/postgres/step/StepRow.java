package io.headrace.postgres.step;

import io.headrace.postgres.sql.Columns;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import io.headrace.spi.StoredStep;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code read.sql}.
 *
 * @param step a step; otherwise {@code null}
 * @param cursor a cursor; otherwise {@code null}. With neither, its job was left out
 */
record StepRow(
        long job, @Nullable StoredStep step, @Nullable StoredCursor cursor) {

    static StepRow of(Readable row) {
        long job = Columns.number(row, "job");
        String name = row.get("name", String.class);
        Long nr = row.get("nr", Long.class);
        if (name != null) {
            return new StepRow(
                    job,
                    new StoredStep(
                            name,
                            Columns.integer(row, "attempt"),
                            Columns.moment(row, "at_us"),
                            Duration.ofMillis(Columns.integer(row, "took_ms")),
                            row.get("value", String.class)),
                    null);
        }
        return new StepRow(
                job,
                null,
                nr == null
                        ? null
                        : new StoredCursor(
                                nr,
                                Columns.integer(row, "attempt"),
                                Columns.moment(row, "at_us"),
                                Columns.text(row, "value")));
    }

    private boolean isLeftOut() {
        return step == null && cursor == null;
    }

    /** An answer for each job that was not left out. */
    static List<JobSteps> byJob(List<Long> jobs, List<StepRow> rows) {
        Map<Long, List<StepRow>> ofJobs = new HashMap<>();
        rows.forEach(
                row -> ofJobs.computeIfAbsent(row.job, job -> new ArrayList<>()).add(row));
        return jobs.stream()
                .filter(job -> ofJobs.getOrDefault(job, List.of()).stream().noneMatch(StepRow::isLeftOut))
                .map(job -> answer(job, ofJobs.getOrDefault(job, List.of())))
                .toList();
    }

    private static JobSteps answer(long job, List<StepRow> rows) {
        // A statement whose answer was lost may have been sent again while it was running: the same step, twice.
        Map<String, StoredStep> steps = new LinkedHashMap<>();
        rows.stream()
                .map(StepRow::step)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(StoredStep::at))
                .forEach(step -> steps.putIfAbsent(step.name(), step));
        StoredCursor cursor = rows.stream()
                .map(StepRow::cursor)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new JobSteps(job, List.copyOf(steps.values()), cursor);
    }
}
