package io.headrace;

/**
 * What became of a request to let failed jobs go. {@code matched = discarded + raced}.
 *
 * @param matched how many failed tombstones were meant
 * @param discarded how many of them are discarded now, their unique keys released
 * @param raced how many of them somebody else retried, discarded or pruned at the same moment
 * @param prunedPastRetention how many were meant, had failed, and are gone, their retention over
 */
public record DiscardReport(long matched, long discarded, long raced, long prunedPastRetention) {

    /** Nothing was meant. */
    public static final DiscardReport NOTHING = new DiscardReport(0, 0, 0, 0);
}
