package io.headrace.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that moves only when a test moves it. Thread-safe. Clocks derived by {@link #withZone} share its time.
 *
 * <p>By default it starts at 2026-01-01T00:00:00Z, in UTC.
 */
public final class ManualClock extends Clock {

    private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** Creates a clock at the default start. */
    public static ManualClock create() {
        return startingAt(DEFAULT_START);
    }

    /** Creates a clock at the given instant. */
    public static ManualClock startingAt(Instant start) {
        return new ManualClock(new AtomicReference<>(start), ZoneOffset.UTC);
    }

    /**
     * Moves the clock forward.
     *
     * @throws IllegalArgumentException if the duration is negative; use {@link #set} to turn the clock back
     */
    public void advance(Duration passed) {
        if (passed.isNegative()) {
            throw new IllegalArgumentException("Cannot advance by a negative duration: " + passed);
        }
        now.updateAndGet(before -> before.plus(passed));
    }

    /** Sets the clock to an instant, earlier or later. */
    public void set(Instant moment) {
        now.set(moment);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(now, other);
    }
}
