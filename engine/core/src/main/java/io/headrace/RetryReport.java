package io.headrace;

/**
 * What became of a request to retry failed jobs. {@code matched = retried + raced}.
 *
 * @param matched how many failed tombstones were meant
 * @param retried how many of them are pending again, their attempts counted from the start
 * @param raced how many of them somebody else retried, discarded or pruned at the same moment
 * @param prunedPastRetention how many were meant, had failed, and are gone, their retention over
 */
public record RetryReport(long matched, long retried, long raced, long prunedPastRetention) {

    /** Nothing was meant. */
    public static final RetryReport NOTHING = new RetryReport(0, 0, 0, 0);

    /** Both together. */
    public RetryReport plus(RetryReport other) {
        return new RetryReport(
                matched + other.matched,
                retried + other.retried,
                raced + other.raced,
                prunedPastRetention + other.prunedPastRetention);
    }
}
