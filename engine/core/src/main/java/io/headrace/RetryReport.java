package io.headrace;

/**
 * The result of a request to retry failed jobs. {@code matched = retried + raced}.
 *
 * @param matched how many failed tombstones matched
 * @param retried how many of them are pending again, with their attempts reset
 * @param raced how many of them were retried, discarded or pruned by somebody else at the same moment
 * @param prunedPastRetention how many were selected and had failed, but were already pruned after their retention; 0 for a
 *     selection by fingerprint, which is not kept that long
 */
public record RetryReport(long matched, long retried, long raced, long prunedPastRetention) {

    /** The result if nothing matched. */
    public static final RetryReport NOTHING = new RetryReport(0, 0, 0, 0);

    /** Returns the sum of both reports. */
    public RetryReport plus(RetryReport other) {
        return new RetryReport(
                matched + other.matched,
                retried + other.retried,
                raced + other.raced,
                prunedPastRetention + other.prunedPastRetention);
    }
}
