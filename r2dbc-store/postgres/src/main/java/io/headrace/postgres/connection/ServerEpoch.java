package io.headrace.postgres.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which connections lead to the server that is to be talked to now. A server that refuses to write or shuts down ends the
 * epoch of the connection that learned of it: every connection made before that moment is closed instead of used again.
 * Thread-safe.
 *
 * <p>The first connection of a new epoch is made at once. If epochs end soon after one another, the server that new
 * connections reach is no better, and each further one is made after a longer pause.
 */
final class ServerEpoch {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile int current;
    private Duration pause = Duration.ZERO;
    private long endedAt;

    ServerEpoch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    int current() {
        return current;
    }

    /**
     * Ends an epoch, unless it has ended already: many connections learn of the same event.
     *
     * @return whether it was the current one
     */
    synchronized boolean end(int epoch) {
        if (epoch != current) {
            return false;
        }
        long now = nanoTime.getAsLong();
        boolean again = current > 0 && now - endedAt < SOON.toNanos();
        pause = again ? longer(pause) : Duration.ZERO;
        endedAt = now;
        current = epoch + 1;
        return true;
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    /** How long to wait from now before a connection is made. */
    synchronized Duration pauseBeforeConnecting() {
        if (pause.isZero()) {
            return Duration.ZERO;
        }
        Duration left = pause.minusNanos(nanoTime.getAsLong() - endedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
