package io.headrace.engine.operate;

import io.headrace.InvalidSettingException;
import java.time.Duration;

/** The bounds of a question about activity. */
final class ActivityBounds {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration SHORTEST_BUCKET = Duration.ofSeconds(1);
    private static final int MOST_BUCKETS = 1_000;

    private ActivityBounds() {}

    /**
     * How long a bucket is.
     *
     * @throws InvalidSettingException if the window or the number of buckets is out of bounds
     */
    static Duration width(Duration window, int buckets) {
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw new InvalidSettingException("buckets", buckets + " is outside 1 to " + MOST_BUCKETS);
        }
        if (window.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException("window", window + " is longer than " + LONGEST.toDays() + " days");
        }
        Duration width = window.dividedBy(buckets);
        if (width.compareTo(SHORTEST_BUCKET) < 0) {
            throw new InvalidSettingException(
                    "window", window + " in " + buckets + " buckets: each must be at least a second long");
        }
        return Duration.ofMillis(width.toMillis());
    }
}
