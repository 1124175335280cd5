package io.headrace.spi;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a claim brought.
 *
 * @param jobs in the order in which they should run
 * @param exhausted whether nothing more of the kinds asked for was due at that moment
 * @param nextDue after what time the next pending job of the queue is due, of whatever kind, as far as known; told only when
 *     exhausted
 * @param suspected of which suspicions, other than none, jobs of the kinds asked for were due at that moment, what this claim
 *     took included
 * @param paused whether the queue is paused, so that there is nothing to be had whatever waits
 */
public record Claim(
        List<ClaimedJob> jobs,
        boolean exhausted,
        @Nullable Duration nextDue,
        Set<Suspicion> suspected,
        boolean paused) {

    private static final Claim NOTHING = new Claim(List.of(), true, null, Set.of());
    private static final Claim PAUSED = new Claim(List.of(), true, null, Set.of(), true);

    /** From a queue that is not paused. */
    public Claim(List<ClaimedJob> jobs, boolean exhausted, @Nullable Duration nextDue, Set<Suspicion> suspected) {
        this(jobs, exhausted, nextDue, suspected, false);
    }

    /** Nothing is due, and nothing is known of later. */
    public static Claim nothing() {
        return NOTHING;
    }

    /** The queue is paused. */
    public static Claim ofPausedQueue() {
        return PAUSED;
    }
}
