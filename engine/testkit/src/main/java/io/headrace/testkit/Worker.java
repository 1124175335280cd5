package io.headrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A worker that has registered. Guarded by the store's lock. */
final class Worker {

    private final String name;
    private final Set<String> queues;
    private final Instant startedAt;
    private final Set<String> waiting = new HashSet<>();
    private Duration expiry;
    private Instant expiresAt;

    Worker(String name, Set<String> queues, Instant now, Duration expiry) {
        this.name = name;
        this.queues = Set.copyOf(queues);
        this.startedAt = now;
        this.expiry = expiry;
        this.expiresAt = now.plus(expiry);
    }

    String name() {
        return name;
    }

    Set<String> queues() {
        return queues;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant expiresAt() {
        return expiresAt;
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
