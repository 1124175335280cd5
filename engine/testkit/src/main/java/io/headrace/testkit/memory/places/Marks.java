package io.headrace.testkit.memory.places;

import io.headrace.operate.EngineEnd;
import io.headrace.operate.EngineMark;
import io.headrace.spi.WorkerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each worker started and how it ended. Guarded by the store's lock. */
public final class Marks {

    private final Map<Long, EngineMark> marks = new HashMap<>();

    void started(long id, Worker worker) {
        String text = new WorkerId(id).toString();
        marks.put(id, new EngineMark(text, worker.name(), worker.version(), worker.startedAt(), null, null));
    }

    void ended(long id, Instant at, EngineEnd how) {
        marks.computeIfPresent(
                id,
                (known, mark) ->
                        new EngineMark(mark.worker(), mark.engine(), mark.version(), mark.startedAt(), at, how));
    }

    /** The version of the application that a worker ran in; {@code null} if it is not known. */
    public @Nullable String version(long id) {
        EngineMark mark = marks.get(id);
        return mark == null ? null : mark.version();
    }

    /** Forgets those that ended before a moment. */
    public void prune(Instant before) {
        marks.values().removeIf(mark -> endedBefore(mark, before));
    }

    /** Those that have not ended before a moment, in no particular order. */
    public List<EngineMark> since(Instant moment) {
        return marks.values().stream()
                .filter(mark -> !endedBefore(mark, moment))
                .toList();
    }

    private static boolean endedBefore(EngineMark mark, Instant moment) {
        return mark.endedAt() != null && mark.endedAt().isBefore(moment);
    }
}
