package io.headrace.engine.step;

import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What an attempt knows to be recorded of its job: what it has read, and what it has recorded since. Thread-safe. */
final class KnownSteps {

    private final Map<String, Value> values = new ConcurrentHashMap<>();
    private long lastCursor;
    private long cursorNr;
    private @Nullable String cursor;

    /** @param json {@code null} if it was empty */
    record Value(@Nullable String json) {}

    KnownSteps(JobSteps read) {
        read.steps().forEach(step -> values.put(step.name(), new Value(step.value())));
        StoredCursor stored = read.cursor();
        if (stored != null) {
            lastCursor = stored.nr();
            cursorNr = stored.nr();
            cursor = stored.value();
        }
    }

    /** What a step has returned; {@code null} if it is not on record. */
    @Nullable
    Value value(String name) {
        return values.get(name);
    }

    int size() {
        return values.size();
    }

    void recorded(String name, @Nullable String value) {
        values.put(name, new Value(value));
    }

    synchronized @Nullable String cursor() {
        return cursor;
    }

    /** The number of the next cursor. */
    synchronized long nextCursor() {
        return ++lastCursor;
    }

    /** The number of the cursor that is on record. */
    synchronized long cursorNr() {
        return cursorNr;
    }

    synchronized void movedTo(long nr, String value) {
        if (nr > cursorNr) {
            cursorNr = nr;
            cursor = value;
        }
    }
}
