package io.headrace.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is moved. Safe to use from many threads; clocks made of it by {@link #withZone} show
 * the same time.
 *
 * <p>Defaults: 2026-01-01T00:00:00Z, in UTC.
 */
public final class ManualClock extends Clock {

    private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A clock that shows the default start. */
    public static ManualClock create() {
        return startingAt(DEFAULT_START);
    }

    /** A clock that shows a moment of the caller's choice. */
    public static ManualClock startingAt(Instant start) {
        return new ManualClock(new AtomicReference<>(start), ZoneOffset.UTC);
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if the duration is negative; {@link #set} turns a clock back
     */
    public void advance(Duration passed) {
        if (passed.isNegative()) {
            throw new IllegalArgumentException("time does not pass backwards: " + passed);
        }
        now.updateAndGet(before -> before.plus(passed));
    }

    /** Shows another moment, earlier or later. */
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
