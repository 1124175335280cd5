package io.headrace.engine.lease;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs whose cancellation was heard lately. The answer to the claim that leased one of them may still be on its way, so its
 * cancellation must outlast the heartbeat that told it. Thread-safe.
 */
final class HeardCancellations {

    private volatile Set<Long> lately = ConcurrentHashMap.newKeySet();
    private volatile Set<Long> before = ConcurrentHashMap.newKeySet();

    void add(Set<Long> jobs) {
        lately.addAll(jobs);
    }

    boolean contains(long job) {
        return isAmong(lately, job) || isAmong(before, job);
    }

    private static boolean isAmong(Set<Long> jobs, long job) {
        return !jobs.isEmpty() && jobs.contains(job);
    }

    /** Forgets what was heard before the last call. */
    void age() {
        if (!lately.isEmpty() || !before.isEmpty()) {
            before = lately;
            lately = ConcurrentHashMap.newKeySet();
        }
    }
}
