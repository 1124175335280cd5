package io.headrace.testkit;

import io.headrace.spi.HeartbeatRequest;
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
    private Instant heardSince;

    /** @param heardSince since when it has been heard without a gap */
    Worker(String name, Set<String> queues, Instant now, Duration expiry, Instant heardSince) {
        this.name = name;
        this.queues = Set.copyOf(queues);
        this.startedAt = now;
        this.expiry = expiry;
        this.expiresAt = now.plus(expiry);
        this.heardSince = heardSince;
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

    Instant heardSince() {
        return heardSince;
    }

    void beat(Instant now, HeartbeatRequest request) {
        if (request.wasAway() || isSilent(now)) {
            heardSince = now;
        }
        expiry = request.expiry();
        waiting.clear();
        waiting.addAll(request.waiting());
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

    /** Whether it had its expiry to be heard by somebody who could hear it since a moment. */
    boolean hadItsChance(Instant hearingSince, Instant now) {
        // Compared on this side: from Instant.MIN on there is always enough time, and it can be added to.
        return !hearingSince.isAfter(now) && !now.minus(expiry).isBefore(hearingSince);
    }
}
