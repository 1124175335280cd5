package io.headrace.testkit;

import io.headrace.spi.WorkerSnapshot;
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
        this.queues = queues;
        this.startedAt = now;
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

    WorkerSnapshot snapshot(long id, Instant now, long leased) {
        return new WorkerSnapshot(
                id, name, queues, Duration.between(startedAt, now), Duration.between(now, expiresAt), leased);
    }

    boolean isSilent(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
