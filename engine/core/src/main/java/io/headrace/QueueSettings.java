package io.headrace;

import java.time.Duration;

/**
 * The settings with which an engine works on one queue. Immutable and thread-safe.
 *
 * <p>Defaults: 64 concurrent handlers, as many prefetched jobs, and a poll at least every second.
 *
 * @param concurrency the maximum number of concurrent handlers, 1 to 10,000
 * @param prefetch the number of jobs that are leased ahead, so that a handler that becomes free finds the next job in
 *     the process; 0 to 10,000. The engine leases at most {@code 2 × concurrency + prefetch} jobs of the queue at a
 *     time, including jobs whose outcomes are on their way to the store
 * @param pollInterval the maximum time for which an idle worker waits before it looks for jobs itself, in case a
 *     wake-up was lost
 */
public record QueueSettings(int concurrency, int prefetch, Duration pollInterval) {

    /** The default number of concurrent handlers. */
    public static final int DEFAULT_CONCURRENCY = 64;

    /** The default poll interval. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    /** @throws InvalidSettingException if a number is out of range or the interval is not positive */
    public QueueSettings {
        if (concurrency < 1 || concurrency > MOST) {
            throw new InvalidSettingException("concurrency", concurrency + " is outside 1 to " + MOST);
        }
        if (prefetch < 0 || prefetch > MOST) {
            throw new InvalidSettingException("prefetch", prefetch + " is outside 0 to " + MOST);
        }
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new InvalidSettingException("pollInterval", pollInterval + " is not positive");
        }
    }

    /** Returns the default settings. */
    public static QueueSettings defaults() {
        return new QueueSettings(DEFAULT_CONCURRENCY, DEFAULT_CONCURRENCY, DEFAULT_POLL_INTERVAL);
    }

    /** Returns these settings with the given concurrency and an equal prefetch. */
    public QueueSettings concurrency(int handlers) {
        return new QueueSettings(handlers, handlers, pollInterval);
    }

    /** Returns these settings with the given prefetch. */
    public QueueSettings prefetch(int jobs) {
        return new QueueSettings(concurrency, jobs, pollInterval);
    }

    /** Returns these settings with the given poll interval. */
    public QueueSettings pollInterval(Duration interval) {
        return new QueueSettings(concurrency, prefetch, interval);
    }
}
