package io.headrace.engine.upkeep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** All that an engine does beside the road of a job, and the order in which it starts and stops. */
public final class Upkeep {

    private final Registration registration;
    private final StoreContact contact;
    private final Heartbeat heartbeat;
    private final LeaseSweeper sweeper;
    private final Pruner pruner;

    public Upkeep(
            Registration registration, StoreContact contact, Heartbeat heartbeat, LeaseSweeper sweeper, Pruner pruner) {
        this.registration = registration;
        this.contact = contact;
        this.heartbeat = heartbeat;
        this.sweeper = sweeper;
        this.pruner = pruner;
    }

    /** Makes the worker known and puts back what dead ones have left. */
    public Mono<Void> register() {
        return registration.register().then(Mono.defer(sweeper::sweep));
    }

    /** Forgets the worker. */
    public Mono<Void> unregister() {
        return registration.unregister();
    }

    public void start() {
        heartbeat.start();
        sweeper.start();
        pruner.start();
    }

    public void stop() {
        heartbeat.stop();
        sweeper.stop();
        pruner.stop();
    }

    /** Some worker, perhaps this one, has a job that was cancelled: asks at once. */
    public void askNow() {
        heartbeat.askNow();
    }

    /** The worker's id for people; {@code null} while there is none. */
    public @Nullable String workerText() {
        return registration.workerText();
    }

    /** How long ago the store answered a heartbeat; {@code null} if it never has. */
    public @Nullable Duration sinceHeard() {
        return contact.sinceHeard();
    }
}
