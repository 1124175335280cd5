package io.headrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A worker that has registered. Guarded by the store's lock. */
final class Worker {

    private final Set<String> waiting = new HashSet<>();
    private Duration expiry;
    private Instant expiresAt;

    Worker(Instant now, Duration expiry) {
        this.expiry = expiry;
        this.expiresAt = now.plus(expiry);
    }

    void beat(Instant now, Duration nextExpiry, Set<String> waitingOn) {
        expiry = nextExpiry;
        waiting.clear();
        waiting.addAll(waitingOn);
        keepAlive(now);
    }

    void keepAlive(Instant now) {
        expiresAt = now.plus(expiry);
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
