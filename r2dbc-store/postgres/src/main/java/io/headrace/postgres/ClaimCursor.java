package io.headrace.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Where claims of one queue and set of kinds begin, and in how many sets they look.
 *
 * <p>While an old snapshot is open, the index entries of deleted sets cannot be removed, so that a claim which begins at
 * the head of the index walks all of them. A claim therefore begins, for each priority, at the {@code run_at} that the one
 * before it reached, less a slack for transactions that commit a little late; about once a second one begins at the head
 * after all, for those that commit later than that, and for sets that were put back into old places.
 *
 * <p>Immutable. The pace is this process's, but every time compared with a row is the database's.
 */
final class ClaimCursor {

    static final int PRIORITIES = 10;

    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final long LOOK_BACK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Instant[] floors;
    private final double jobsPerSet;
    private final long lookedBackNanos;

    private ClaimCursor(Instant[] floors, double jobsPerSet, long lookedBackNanos) {
        this.floors = floors;
        this.jobsPerSet = jobsPerSet;
        this.lookedBackNanos = lookedBackNanos;
    }

    static ClaimCursor fresh(long nowNanos) {
        return new ClaimCursor(nowhere(), 1, nowNanos);
    }

    private static Instant[] nowhere() {
        Instant[] floors = new Instant[PRIORITIES];
        Arrays.fill(floors, Instant.EPOCH);
        return floors;
    }

    /** This cursor, or one that begins at the head if it is time for that. */
    ClaimCursor next(long nowNanos) {
        return nowNanos - lookedBackNanos < LOOK_BACK_NANOS ? this : new ClaimCursor(nowhere(), jobsPerSet, nowNanos);
    }

    String[] floors() {
        return Arrays.stream(floors).map(Instant::toString).toArray(String[]::new);
    }

    /** In how many sets a claim of so many jobs should look: too many are locked in vain, too few take another trip. */
    int setsFor(int jobs) {
        return (int) Math.min(jobs, Math.ceil(jobs / jobsPerSet) + 1);
    }

    /** After a claim that took all that was due at this moment. */
    ClaimCursor exhausted(Instant at) {
        Instant[] raised = new Instant[PRIORITIES];
        Arrays.fill(raised, at.minus(SLACK));
        return new ClaimCursor(raised, jobsPerSet, lookedBackNanos);
    }

    /** After a claim that may have left something, having reached these moments at these priorities. */
    ClaimCursor reached(List<Short> priorities, List<Instant> moments, int jobs, long sets) {
        Instant[] raised = floors.clone();
        for (int i = 0; i < priorities.size(); i++) {
            short priority = priorities.get(i);
            Instant floor = moments.get(i).minus(SLACK);
            if (floor.isAfter(raised[priority])) {
                raised[priority] = floor;
            }
        }
        return new ClaimCursor(raised, Math.max(1, (double) jobs / Math.max(1, sets)), lookedBackNanos);
    }

    /** After a claim that looked in too few sets: none of them was a large one. */
    ClaimCursor smaller() {
        return new ClaimCursor(floors, 1, lookedBackNanos);
    }
}
