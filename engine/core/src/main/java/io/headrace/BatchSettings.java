package io.headrace;

import java.time.Duration;
import java.util.Objects;

/**
 * How many jobs a batch handler gets in one call, and how long they wait for each other. Immutable and thread-safe.
 *
 * <p>Defaults: at most 50 jobs, which wait for at most 100 ms.
 *
 * @param most the maximum number of jobs in a call, 1 to 10,000; at most the largest concurrency of the engine's queues
 * @param longestWait the maximum time for which the first job of a call waits for others, zero to one minute. With zero, a call
 *     gets what is there
 */
public record BatchSettings(int most, Duration longestWait) {

    /** The default maximum number of jobs in a call. */
    public static final int DEFAULT_MOST = 50;

    /** The default wait of the first job of a call. */
    public static final Duration DEFAULT_WAIT = Duration.ofMillis(100);

    /** The longest wait that can be set. Jobs that wait hold their leases and slots. */
    public static final Duration MAXIMUM_WAIT = Duration.ofMinutes(1);

    private static final int LARGEST = 10_000;

    /** @throws InvalidSettingException if a value is out of range */
    public BatchSettings {
        if (most < 1 || most > LARGEST) {
            throw new InvalidSettingException("most", most + " is outside 1 to " + LARGEST);
        }
        if (Objects.requireNonNull(longestWait, "wait").isNegative() || longestWait.compareTo(MAXIMUM_WAIT) > 0) {
            throw new InvalidSettingException("wait", longestWait + " is outside zero to " + MAXIMUM_WAIT);
        }
    }

    /** Returns the default settings. */
    public static BatchSettings defaults() {
        return new BatchSettings(DEFAULT_MOST, DEFAULT_WAIT);
    }

    /** Returns these settings with the given maximum number of jobs in a call. */
    public BatchSettings most(int jobs) {
        return new BatchSettings(jobs, longestWait);
    }

    /** Returns these settings with the given wait of the first job of a call. */
    public BatchSettings wait(Duration time) {
        return new BatchSettings(most, time);
    }
}
