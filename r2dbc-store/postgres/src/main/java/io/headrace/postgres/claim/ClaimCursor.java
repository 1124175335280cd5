package io.headrace.postgres.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where claims of one queue and set of kinds begin, and in how many sets they look.
 *
 * <p>While an old snapshot is open, the index entries of deleted sets cannot be removed, so that a claim which begins at
 * the head of the index walks all of them. A claim therefore begins, for each priority, at the {@code run_at} that the one
 * before it reached, and always at least a second before that one looked, for transactions that commit a little late.
 *
 * <p>About once a second, and before a queue is called exhausted, one begins at the head after all, for those that commit
 * later than that and for sets that were put back into old places. Where that takes long, because there is much to walk, it
 * is done more seldom, up to ten seconds apart, so that it costs at most a twentieth of the time.
 *
 * <p>Immutable. The pace is this process's, but every time compared with a row is the database's.
 */
final class ClaimCursor {

    static final int PRIORITIES = 10;

    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final long OFTEN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SELDOM_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int PAUSE_TO_LOOK = 20;

    private static final double UNKNOWN = 0;
    private static final int SETS_TO_BEGIN_WITH = 4;

    private final boolean atHead;
    private final Instant[] floors;
    private final double jobsPerSet;
    private final long lookedBackNanos;
    private final long pauseNanos;

    private ClaimCursor(boolean atHead, Instant[] floors, double jobsPerSet, long lookedBackNanos, long pauseNanos) {
        this.atHead = atHead;
        this.floors = floors;
        this.jobsPerSet = jobsPerSet;
        this.lookedBackNanos = lookedBackNanos;
        this.pauseNanos = pauseNanos;
    }

    static ClaimCursor fresh(long nowNanos) {
        return new ClaimCursor(true, nowhere(), UNKNOWN, nowNanos, OFTEN_NANOS);
    }

    private static Instant[] nowhere() {
        Instant[] floors = new Instant[PRIORITIES];
        Arrays.fill(floors, Instant.EPOCH);
        return floors;
    }

    /** This cursor, or one that begins at the head if it is time for that. */
    ClaimCursor next(long nowNanos) {
        return nowNanos - lookedBackNanos < pauseNanos
                ? this
                : new ClaimCursor(true, nowhere(), jobsPerSet, nowNanos, pauseNanos);
    }

    /** This cursor, or the same with another pause if the claim before, which took so long, was one that looked back. */
    ClaimCursor after(ClaimCursor before, long tookNanos) {
        return before.atHead
                ? new ClaimCursor(
                        atHead,
                        floors,
                        jobsPerSet,
                        lookedBackNanos,
                        Math.max(OFTEN_NANOS, Math.min(SELDOM_NANOS, PAUSE_TO_LOOK * tookNanos)))
                : this;
    }

    /** Whether a claim from here sees all that is due. */
    boolean isAtHead() {
        return atHead;
    }

    /** The earliest of all priorities. */
    Instant floor() {
        return Collections.min(Arrays.asList(floors));
    }

    /** As parameters. Most priorities have the same floor as the one before them, which is written once. */
    String[] floors() {
        String[] texts = new String[PRIORITIES];
        for (int i = 0; i < PRIORITIES; i++) {
            texts[i] = i > 0 && floors[i].equals(floors[i - 1]) ? texts[i - 1] : floors[i].toString();
        }
        return texts;
    }

    /** In how many sets a claim of so many jobs should look: too many are locked in vain, too few take another trip. */
    int setsFor(int jobs) {
        double expected = jobsPerSet == UNKNOWN ? SETS_TO_BEGIN_WITH : Math.ceil(jobs / jobsPerSet) + 1;
        return (int) Math.min(jobs, expected);
    }

    /** After a claim that saw nothing more, though not from the head: the next begins there. */
    ClaimCursor toHead() {
        return new ClaimCursor(true, nowhere(), jobsPerSet, System.nanoTime(), pauseNanos);
    }

    /** After a claim from the head that took all that was due at this moment. */
    ClaimCursor exhausted(Instant at) {
        Instant[] raised = new Instant[PRIORITIES];
        Arrays.fill(raised, at.minus(SLACK));
        return new ClaimCursor(false, raised, jobsPerSet, lookedBackNanos, pauseNanos);
    }

    /**
     * After a claim that may have left something.
     *
     * @param at when it looked
     * @param priorities at which it took jobs
     * @param moments the {@code run_at} that it reached at each of them
     * @param seen how many jobs the sets had that it looked in
     * @param sets how many sets it looked in
     */
    ClaimCursor reached(Instant at, List<Short> priorities, List<Instant> moments, long seen, long sets) {
        Instant[] raised = floors.clone();
        for (int i = 0; i < priorities.size(); i++) {
            short priority = priorities.get(i);
            Instant floor = earlier(moments.get(i), at.minus(SLACK));
            if (floor.isAfter(raised[priority])) {
                raised[priority] = floor;
            }
        }
        return new ClaimCursor(false, raised, (double) seen / sets, lookedBackNanos, pauseNanos);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
