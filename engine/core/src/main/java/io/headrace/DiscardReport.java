package io.headrace;

/**
 * The result of a request to discard failed jobs. {@code matched = discarded + raced}.
 *
 * @param matched how many failed tombstones matched
 * @param discarded how many of them were discarded and released their unique keys
 * @param raced how many of them were retried, discarded or pruned by somebody else at the same moment
 * @param prunedPastRetention how many were selected and had failed, but were already pruned after their retention; 0 for a
 *     selection by fingerprint, which is not kept that long
 */
public record DiscardReport(long matched, long discarded, long raced, long prunedPastRetention) {

    /** The result if nothing matched. */
    public static final DiscardReport NOTHING = new DiscardReport(0, 0, 0, 0);
}
