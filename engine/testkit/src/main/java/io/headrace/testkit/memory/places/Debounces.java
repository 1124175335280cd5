package io.headrace.testkit.memory.places;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The jobs that debounces have started last, by kind and key. Guarded by the store's lock. */
public final class Debounces {

    private final Map<UniqueKey, Started> started = new HashMap<>();

    /** A job, when the first enqueue was for which it stands, and when it was to be due. */
    private record Started(long job, Instant firstAt, Instant runAt) {}

    /** A job that waits as it was enqueued. */
    public @Nullable StoredJob waiting(UniqueKey key, Map<Long, StoredJob> jobs) {
        Started last = started.get(key);
        if (last == null) {
            return null;
        }
        StoredJob job = jobs.get(last.job());
        return job != null && job.waitsAsEnqueued(last.runAt()) ? job : null;
    }

    /** Remembers a new job. */
    public void start(UniqueKey key, long job, Instant runAt, Instant now) {
        started.put(key, new Started(job, now, runAt));
    }

    /** Remembers that the job was replaced, and answers when it is due. */
    public Instant replace(UniqueKey key, Instant quietUntil, Duration atMost) {
        Started last = Objects.requireNonNull(started.get(key));
        Instant latest = last.firstAt().plus(atMost);
        Instant runAt = quietUntil.isBefore(latest) ? quietUntil : latest;
        started.put(key, new Started(last.job(), last.firstAt(), runAt));
        return runAt;
    }

    /** Forgets the jobs that wait no more. */
    public void prune(Map<Long, StoredJob> jobs) {
        started.keySet().removeIf(key -> waiting(key, jobs) == null);
    }

    /** Forgets everything. */
    public void clear() {
        started.clear();
    }
}
