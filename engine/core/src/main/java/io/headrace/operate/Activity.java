package io.headrace.operate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many attempts ended over some time, for a chart. Times are by the database's clock. Immutable.
 *
 * @param width how long each bucket is
 * @param buckets one after another, each beginning at a multiple of the width; the last is the one of now, and not over yet
 * @param isEstimated whether counts were extrapolated from a sample, because many attempts ended
 */
public record Activity(Duration width, List<ActivityBucket> buckets, boolean isEstimated) {

    public Activity {
        buckets = List.copyOf(buckets);
    }

    /**
     * Returns the share of attempts that failed, retried or not, from 0 to 1, such as before and after the
     * {@linkplain EngineMark start of a version}. A bucket counts as a whole, for the moment in its middle.
     *
     * @param from the beginning, inclusive
     * @param to the end, exclusive
     * @return empty if no attempt ended in that time
     */
    public OptionalDouble failureShare(Instant from, Instant to) {
        List<ActivityBucket> meant = buckets.stream()
                .filter(bucket -> {
                    Instant middle = bucket.from().plus(width.dividedBy(2));
                    return !middle.isBefore(from) && middle.isBefore(to);
                })
                .toList();
        long failed = meant.stream()
                .mapToLong(bucket -> bucket.retried() + bucket.failed())
                .sum();
        long ended =
                failed + meant.stream().mapToLong(ActivityBucket::completed).sum();
        return ended == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) failed / ended);
    }
}
