package io.headrace.testkit.memory.places;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which job holds which key, and keys that outlast their jobs. Guarded by the store's lock. */
public final class UniqueKeys {

    private final Map<UniqueKey, Long> holders = new HashMap<>();
    private final Map<UniqueKey, Instant> keptUntil = new HashMap<>();
    /** Keys of jobs that have ended. */
    private final Set<UniqueKey> ended = new HashSet<>();

    /** The job that holds a key; null if the key is free. */
    public @Nullable Long holder(UniqueKey key, Instant now) {
        if (ended.contains(key) && !isKept(key, now)) {
            remove(key);
        }
        return holders.get(key);
    }

    /**
     * Gives a free key to a job.
     *
     * @param until until when it is kept at least; null for as long as the job lives
     */
    public void take(UniqueKey key, long job, @Nullable Instant until) {
        holders.put(key, job);
        if (until != null) {
            keptUntil.put(key, until);
        }
    }

    /** The job has ended: its key is free, now or when it need not be kept any more. */
    public void release(StoredJob job, Instant now) {
        UniqueKey key = job.uniqueKey();
        if (key == null || !Long.valueOf(job.id()).equals(holders.get(key))) {
            return;
        }
        if (isKept(key, now)) {
            ended.add(key);
        } else {
            remove(key);
        }
    }

    /** Forgets the keys that are kept no more. */
    public void sweep(Instant now) {
        Set.copyOf(ended).stream().filter(key -> !isKept(key, now)).forEach(this::remove);
    }

    /** Until when keys are kept whose jobs have ended. */
    public Stream<Instant> keptAfterTheirJobs() {
        return ended.stream().map(keptUntil::get).filter(Objects::nonNull);
    }

    /** Forgets a key, as if no job had ever had it. */
    public void remove(UniqueKey key) {
        holders.remove(key);
        keptUntil.remove(key);
        ended.remove(key);
    }

    /** Forgets all of them. */
    public void clear() {
        holders.clear();
        keptUntil.clear();
        ended.clear();
    }

    /** The keys that are not free, and their jobs. */
    public Map<UniqueKey, Long> holders() {
        return holders;
    }

    /** Whether a key has outlasted its job. */
    public boolean isLeftBehind(UniqueKey key) {
        return ended.contains(key);
    }

    private boolean isKept(UniqueKey key, Instant now) {
        Instant until = keptUntil.get(key);
        return until != null && until.isAfter(now);
    }
}
