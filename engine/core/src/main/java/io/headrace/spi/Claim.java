package io.headrace.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim brought.
 *
 * @param jobs in the order in which they should run
 * @param exhausted whether nothing more of the kinds asked for was due at that moment
 * @param nextDue after what time the next pending job of the queue is due, of whatever kind, as far as known; told only when
 *     exhausted
 */
public record Claim(
        List<ClaimedJob> jobs, boolean exhausted, @Nullable Duration nextDue) {

    private static final Claim NOTHING = new Claim(List.of(), true, null);

    /** Nothing is due, and nothing is known of later. */
    public static Claim nothing() {
        return NOTHING;
    }
}
