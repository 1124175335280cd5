package io.headrace.testkit.memory.places;

import io.headrace.operate.EngineEnd;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The workers that have registered, by their ids. Guarded by the store's lock. */
public final class Workers {

    private final Map<Long, Worker> workers = new HashMap<>();
    private final Marks marks = new Marks();
    private final SplittableRandom ids = new SplittableRandom();

    /**
     * Registers a worker.
     *
     * @return its id, which nobody can guess
     */
    public long add(Worker worker) {
        long id = ids.nextLong(1, Long.MAX_VALUE);
        workers.put(id, worker);
        marks.started(id, worker);
        return id;
    }

    /** Forgets a worker that has stopped. */
    public void remove(long id, Instant now) {
        if (workers.remove(id) != null) {
            marks.ended(id, now, EngineEnd.STOPPED);
        }
    }

    /**
     * Forgets workers that are silent.
     *
     * @return how many
     */
    public int removeSilent(Predicate<Worker> which) {
        List<Long> silent = workers.entrySet().stream()
                .filter(worker -> which.test(worker.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(
                id -> marks.ended(id, Objects.requireNonNull(workers.remove(id)).heardAt(), EngineEnd.SILENT));
        return silent.size();
    }

    /** When they started, and how those that are gone have ended. */
    public Marks marks() {
        return marks;
    }

    public @Nullable Worker find(long id) {
        return workers.get(id);
    }

    /** All of them. */
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
