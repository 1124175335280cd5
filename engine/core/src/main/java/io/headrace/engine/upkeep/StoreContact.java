package io.headrace.engine.upkeep;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Whether this engine can reach the store, judged by its heartbeats. Whoever was out of reach cannot tell the silence of others
 * from their being out of reach as well, so after any doubt a heartbeat comes first. The clock paces only. Thread-safe.
 */
public final class StoreContact {

    private final Duration longest;
    private final Scheduler clock;
    private final Sinks.Many<Boolean> answers = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable Long heardNanos;
    private volatile boolean broken;
    private volatile boolean doubtful;

    public StoreContact(Duration heartbeat, Scheduler clock) {
        // A heartbeat that is this late was held up: by the store, or because this process stood still.
        this.longest = heartbeat.multipliedBy(2);
        this.clock = clock;
    }

    /** The store has just answered a heartbeat or a registration. */
    void heard() {
        heardNanos = clock.now(TimeUnit.NANOSECONDS);
        broken = false;
        doubtful = false;
        // Nobody may be waiting; and whoever misses this answer waits for the next.
        answers.tryEmitNext(true);
    }

    /** A heartbeat failed. */
    void broke() {
        broken = true;
    }

    /** Something else failed that may be due to the store's being out of reach. */
    void doubt() {
        doubtful = true;
    }

    /** Whether the store may have been out of reach since it last answered. */
    boolean mayHaveBroken() {
        Duration since = sinceHeard();
        return broken || since == null || since.compareTo(longest) > 0;
    }

    /** Completes at once while there is no doubt, else with the next answer. */
    Mono<Void> certain() {
        return Mono.defer(
                () -> doubtful || mayHaveBroken() ? answers.asFlux().next().then() : Mono.empty());
    }

    /** How long ago the store answered; {@code null} if it never has. */
    @Nullable
    Duration sinceHeard() {
        Long heard = heardNanos;
        return heard == null ? null : Duration.ofNanos(clock.now(TimeUnit.NANOSECONDS) - heard);
    }
}
