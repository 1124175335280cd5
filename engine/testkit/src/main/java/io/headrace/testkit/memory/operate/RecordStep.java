package io.headrace.testkit.memory.operate;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedSignal;
import io.headrace.operate.RecordedStep;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import io.headrace.spi.StoredStep;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.Signals.Sent;
import io.headrace.testkit.memory.places.Signals.Wait;
import io.headrace.testkit.memory.places.Signals.Waited;
import io.headrace.testkit.memory.places.StoredJob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what the handler of a job has recorded, and what the job waits for. Guarded by the store's lock. */
final class RecordStep {

    private static final Comparator<Map.Entry<Wait, Waited>> LATEST_FIRST = Comparator.comparing(
                    (Map.Entry<Wait, Waited> each) -> each.getValue().since())
            .thenComparing(Map.Entry::getKey, Signals.ORDER)
            .reversed();

    private final JobPlaces places;
    private final JobId id;

    RecordStep(JobPlaces places, JobId id) {
        this.places = places;
        this.id = id;
    }

    JobRecord record() {
        var recorded = places.records().get(id.value());
        JobSteps all = recorded == null ? JobSteps.none(id.value()) : recorded.steps(id.value());
        return new JobRecord(id, steps(all.steps()), all.steps().size(), cursor(all.cursor()), signals());
    }

    private static List<RecordedStep> steps(List<StoredStep> steps) {
        Deque<RecordedStep> latest = new ArrayDeque<>();
        Room room = new Room();
        for (int i = steps.size() - 1; i >= 0 && latest.size() < JobRecord.MOST_STEPS; i--) {
            StoredStep step = steps.get(i);
            latest.addFirst(
                    new RecordedStep(step.name(), step.attempt(), step.at(), step.took(), room.shown(step.value())));
        }
        return List.copyOf(latest);
    }

    private static @Nullable RecordedCursor cursor(@Nullable StoredCursor cursor) {
        return cursor == null ? null : new RecordedCursor(cursor.attempt(), cursor.at(), cursor.value());
    }

    private List<RecordedSignal> signals() {
        Deque<RecordedSignal> latest = new ArrayDeque<>();
        Room room = new Room();
        places.signals().waits().entrySet().stream()
                .filter(each -> each.getKey().job() == id.value())
                .sorted(LATEST_FIRST)
                .limit(JobRecord.MOST_SIGNALS)
                .forEach(each -> latest.addFirst(signal(each.getKey().key(), each.getValue(), room)));
        return List.copyOf(latest);
    }

    private RecordedSignal signal(String key, Waited waited, Room room) {
        Sent sent = places.signals().sent().get(key);
        RecordedSignal.State state = state(waited);
        return new RecordedSignal(
                key,
                state,
                waited.since(),
                waited.until().equals(waited.since()) ? null : waited.until(),
                state == RecordedSignal.State.SIGNALLED && sent != null
                        ? room.shown(sent.signal().value())
                        : null);
    }

    private RecordedSignal.State state(Waited waited) {
        StoredJob job = places.jobs().get(id.value());
        return switch (waited.outcome()) {
            case SIGNALLED -> RecordedSignal.State.SIGNALLED;
            case TIMED_OUT -> RecordedSignal.State.TIMED_OUT;
            case NONE ->
                job != null && Signals.isOpen(waited, job) ? RecordedSignal.State.WAITING : RecordedSignal.State.OPEN;
        };
    }

    /** How much is shown so far. */
    private static final class Room {
        private int bytes;

        @Nullable
        String shown(@Nullable String value) {
            bytes += value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
            return value == null || bytes <= JobRecord.MOST_BYTES ? value : JobRecord.NOT_SHOWN;
        }
    }
}
