package io.headrace.testkit.memory.operate;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedStep;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import io.headrace.spi.StoredStep;
import io.headrace.testkit.memory.places.JobPlaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what the handler of a job has recorded. Guarded by the store's lock. */
final class RecordStep {

    private RecordStep() {}

    static JobRecord of(JobId id, JobPlaces places) {
        var record = places.records().get(id.value());
        JobSteps all = record == null ? JobSteps.none(id.value()) : record.steps(id.value());
        return new JobRecord(id, latest(all.steps()), all.steps().size(), cursor(all.cursor()));
    }

    private static List<RecordedStep> latest(List<StoredStep> steps) {
        Deque<RecordedStep> latest = new ArrayDeque<>();
        int bytes = 0;
        for (int i = steps.size() - 1; i >= 0 && latest.size() < JobRecord.MOST_STEPS; i--) {
            StoredStep step = steps.get(i);
            String value = step.value();
            bytes += value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
            String shown = value == null || bytes <= JobRecord.MOST_BYTES ? value : JobRecord.NOT_SHOWN;
            latest.addFirst(new RecordedStep(step.name(), step.attempt(), step.at(), step.took(), shown));
        }
        return List.copyOf(latest);
    }

    private static @Nullable RecordedCursor cursor(@Nullable StoredCursor cursor) {
        return cursor == null ? null : new RecordedCursor(cursor.attempt(), cursor.at(), cursor.value());
    }
}
