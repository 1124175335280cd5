package io.headrace.postgres.settle;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The stack traces that this process has stored lately, at most 1,000, each for at most an hour: well below the day for which
 * a trace that nothing names is kept. An hour by two clocks, of which one may stand still while the machine is suspended, and
 * the other may be set. Thread-safe.
 */
final class StoredTraces {

    static final int MOST = 1_000;
    static final Duration FOR = Duration.ofHours(1);

    private final LongSupplier nanos;
    private final LongSupplier millis;
    private final Map<UUID, Moment> storedAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Moment> eldest) {
            return size() > MOST;
        }
    };

    /** A moment by both clocks. */
    record Moment(long nanos, long millis) {}

    StoredTraces(LongSupplier nanos, LongSupplier millis) {
        this.nanos = nanos;
        this.millis = millis;
    }

    Moment now() {
        return new Moment(nanos.getAsLong(), millis.getAsLong());
    }

    synchronized void add(UUID hash, Moment at) {
        storedAt.put(hash, at);
    }

    synchronized boolean contains(UUID hash) {
        Moment at = storedAt.get(hash);
        if (at == null) {
            return false;
        }
        Moment now = now();
        return now.nanos - at.nanos < FOR.toNanos() && Math.abs(now.millis - at.millis) < FOR.toMillis();
    }
}
