package io.headrace.testkit.memory.places;

import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.NewWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A worker that has registered. Guarded by the store's lock. */
public final class Worker {

    private final NewWorker asked;
    private final Instant startedAt;
    private final Set<String> idleQueues = new HashSet<>();
    private final Set<Long> cancelled = new HashSet<>();
    private Duration expiry;
    private Instant expiresAt;
    private Instant heardSince;

    /**
     * A worker that registers now.
     *
     * @param heardSince since when it has been heard without a gap
     */
    public Worker(NewWorker asked, Instant now, Instant heardSince) {
        this.asked = asked;
        this.startedAt = now;
        this.expiry = asked.expiry();
        this.expiresAt = now.plus(expiry);
        this.heardSince = heardSince;
    }

    public String name() {
        return asked.name();
    }

    public @Nullable String version() {
        return asked.version();
    }

    public Set<String> queues() {
        return asked.queues();
    }

    public @Nullable Set<String> kinds() {
        return asked.kinds();
    }

    public Map<String, Integer> slots() {
        return asked.slots();
    }

    /** Whether it has said that it handles a kind, or has not said what it handles. */
    public boolean mayHandle(String kind) {
        return asked.kinds() == null || asked.kinds().contains(kind);
    }

    /** How many jobs of a queue it runs at once, if it has said so. */
    public @Nullable Integer slots(String queue) {
        return asked.slots().get(queue);
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** When its latest heartbeat arrived. */
    public Instant heardAt() {
        return expiresAt.minus(expiry);
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public Instant heardSince() {
        return heardSince;
    }

    public void beat(Instant now, HeartbeatRequest request) {
        if (request.wasAway() || isSilent(now)) {
            heardSince = now;
        }
        expiry = request.expiry();
        idleQueues.clear();
        idleQueues.addAll(request.idleQueues());
        cancelled.removeAll(request.heeded());
        keepAlive(now);
    }

    /** Jobs of its leases that were cancelled, and that it has yet to heed. */
    public Set<Long> cancelled() {
        return cancelled;
    }

    public void keepAlive(Instant now) {
        expiresAt = now.plus(expiry);
    }

    public void waitOn(String queue) {
        idleQueues.add(queue);
    }

    public boolean isWaitingOn(String queue) {
        return idleQueues.contains(queue);
    }

    public boolean isSilent(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether it had its expiry to be heard by somebody who could hear it since a moment. */
    public boolean hadItsChance(Instant hearingSince, Instant now) {
        // Compared on this side: from Instant.MIN on there is always enough time, and it can be added to.
        return !hearingSince.isAfter(now) && !now.minus(expiry).isBefore(hearingSince);
    }
}
