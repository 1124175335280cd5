package io.headrace.postgres.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a look for due schedules begins.
 *
 * <p>While an old snapshot is open, the index entries of times that have passed cannot be removed, so that a look which
 * begins at the head of the index walks all of them. Where that takes long, it is done as seldom as makes it a twentieth of
 * the time, and at least every ten seconds; the looks between begin a little before the earliest time that the one before
 * them saw.
 *
 * <p>Immutable. The pace is this process's; every time that is compared with a row is the database's.
 */
final class DueCursor {

    /** For those whose time was written while the look before was under way. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private static final long QUICK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long SELDOM_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int PAUSE_TO_LOOK = 20;

    private final @Nullable Instant floor;
    private final long lookedNanos;
    private final long pauseNanos;

    private DueCursor(@Nullable Instant floor, long lookedNanos, long pauseNanos) {
        this.floor = floor;
        this.lookedNanos = lookedNanos;
        this.pauseNanos = pauseNanos;
    }

    /** The head, and no other look's. */
    static DueCursor head() {
        return new DueCursor(null, 0, 0);
    }

    /** This cursor, or the head if it is time for that. */
    DueCursor next(long nowNanos) {
        return restNanos(nowNanos) > 0 ? this : head();
    }

    /** Where to begin, as PostgreSQL reads it. */
    String floor() {
        return floor == null ? "-infinity" : floor.toString();
    }

    /** How soon a look has to begin at the head again. Zero for the head itself: nothing was left out. */
    Duration rest(long nowNanos) {
        return Duration.ofNanos(Math.max(0, restNanos(nowNanos)));
    }

    private long restNanos(long nowNanos) {
        return floor == null ? 0 : pauseNanos - (nowNanos - lookedNanos);
    }

    boolean isHead() {
        return floor == null;
    }

    /**
     * After a look that began here.
     *
     * @param earliest the earliest time that it saw; the time of the look if it saw none
     * @param tookNanos how long it took the server
     */
    DueCursor after(Instant earliest, long tookNanos, long nowNanos) {
        Instant next = earliest.minus(SLACK);
        if (floor != null) {
            return new DueCursor(next.isAfter(floor) ? next : floor, lookedNanos, pauseNanos);
        }
        return tookNanos < QUICK_NANOS
                ? head()
                : new DueCursor(next, nowNanos, Math.min(SELDOM_NANOS, PAUSE_TO_LOOK * tookNanos));
    }

    /** After a time was written: one before the floor is seen from the head only. */
    DueCursor written(Instant time) {
        return floor != null && time.isBefore(floor) ? head() : this;
    }
}
