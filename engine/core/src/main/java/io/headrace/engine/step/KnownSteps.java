package io.headrace.engine.step;

import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What an attempt knows to be recorded of its job: what it has read, and what it has recorded since. Thread-safe. */
final class KnownSteps {

    private final Map<String, Value> values = new ConcurrentHashMap<>();
    private final Map<String, Recording> onTheirWay = new ConcurrentHashMap<>();
    private long lastCursor;
    private long cursorNr;
    private @Nullable String cursor;

    /** @param json {@code null} if it was empty */
    record Value(@Nullable String json) {}

    KnownSteps(JobSteps read) {
        learn(read);
        StoredCursor stored = read.cursor();
        if (stored != null) {
            lastCursor = stored.nr();
            cursorNr = stored.nr();
            cursor = stored.value();
        }
    }

    /** Steps that were read. */
    void learn(JobSteps read) {
        read.steps().forEach(step -> values.put(step.name(), new Value(step.value())));
    }

    /** A step that has run and is yet to be recorded. To be asked before {@link #value}. */
    @Nullable
    Recording onItsWay(String name) {
        return onTheirWay.get(name);
    }

    void leaves(Recording step) {
        onTheirWay.put(step.name(), step);
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
        onTheirWay.remove(name);
    }

    void notRecorded(String name) {
        onTheirWay.remove(name);
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
