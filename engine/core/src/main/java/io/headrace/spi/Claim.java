package io.headrace.spi;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a claim.
 *
 * @param jobs the leased jobs, in the order in which they should run
 * @param exhausted whether no further job of the requested kinds was due at that moment
 * @param nextDue the time until the next pending job of the queue, of any kind, is due, if known; only set if exhausted
 * @param suspected the suspicions, other than none, of which jobs of the requested kinds were due at that moment,
 *     including the jobs that this claim took
 * @param paused whether the queue is paused, so that nothing can be claimed, whatever is waiting
 */
public record Claim(
        List<ClaimedJob> jobs,
        boolean exhausted,
        @Nullable Duration nextDue,
        Set<Suspicion> suspected,
        boolean paused) {

    private static final Claim NOTHING = new Claim(List.of(), true, null, Set.of());
    private static final Claim PAUSED = new Claim(List.of(), true, null, Set.of(), true);

    /** Creates the result of a claim from a queue that is not paused. */
    public Claim(List<ClaimedJob> jobs, boolean exhausted, @Nullable Duration nextDue, Set<Suspicion> suspected) {
        this(jobs, exhausted, nextDue, suspected, false);
    }

    /** Returns the result if nothing is due and no later due time is known. */
    public static Claim nothing() {
        return NOTHING;
    }

    /** Returns the result for a paused queue. */
    public static Claim ofPausedQueue() {
        return PAUSED;
    }
}
