package io.headrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A worker that has registered. Guarded by the store's lock. */
final class Worker {

    private final Set<String> waiting = new HashSet<>();
    private Instant expiresAt;

    Worker(Instant now, Duration expiry) {
        expiresAt = now.plus(expiry);
    }

    void beat(Instant now, Duration expiry, Set<String> waitingOn) {
        expiresAt = now.plus(expiry);
        waiting.clear();
        waiting.addAll(waitingOn);
    }

    void waitOn(String queue) {
        waiting.add(queue);
    }

    boolean isWaitingOn(String queue) {
        return waiting.contains(queue);
    }

    boolean isSilent(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
