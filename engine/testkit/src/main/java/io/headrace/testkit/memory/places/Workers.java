package io.headrace.testkit.memory.places;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The workers that have registered, by their ids. Guarded by the store's lock. */
public final class Workers {

    private final Map<Long, Worker> workers = new HashMap<>();
    private final SplittableRandom ids = new SplittableRandom();

    /**
     * Registers a worker.
     *
     * @return its id, which nobody can guess
     */
    public long add(Worker worker) {
        long id = ids.nextLong(1, Long.MAX_VALUE);
        workers.put(id, worker);
        return id;
    }

    public void remove(long id) {
        workers.remove(id);
    }

    public @Nullable Worker find(long id) {
        return workers.get(id);
    }

    /** All of them; one that is removed here is forgotten. */
    public Map<Long, Worker> byId() {
        return workers;
    }

    /** Since when a worker that lives was heard without a gap, of those that live the latest; if none does, since ever. */
    public Instant heardSince(Instant now) {
        return workers.values().stream()
                .filter(worker -> !worker.isSilent(now))
                .map(Worker::heardSince)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /**
     * Whether a worker waits for jobs on a queue.
     *
     * @param but this one does not count
     */
    public boolean isOneWaitingOn(String queue, long but) {
        return workers.entrySet().stream()
                .anyMatch(worker -> worker.getKey() != but && worker.getValue().isWaitingOn(queue));
    }

    public void keepAlive(Instant now) {
        workers.values().forEach(worker -> worker.keepAlive(now));
    }

    public void forgetCancellations() {
        workers.values().forEach(worker -> worker.cancelled().clear());
    }
}
