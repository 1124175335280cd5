package io.headrace;

import java.time.Duration;

/**
 * How an engine works on one queue. Immutable and safe to share.
 *
 * <p>Defaults: 64 handlers at a time, as many jobs fetched ahead, a poll at least every second.
 *
 * @param concurrency how many handlers run at a time, 1 to 10,000
 * @param prefetch how many further jobs are leased ahead, so that a handler that ends finds the next one here; 0 to
 *     10,000. At no moment are more than {@code concurrency + prefetch} jobs of the queue leased by this engine
 * @param pollInterval how long an idle worker waits at most before it looks for itself, in case a wake-up was lost
 */
public record QueueSettings(int concurrency, int prefetch, Duration pollInterval) {

    /** How many handlers run at a time by default. */
    public static final int DEFAULT_CONCURRENCY = 64;

    /** How long an idle worker waits at most by default. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    /** @throws InvalidSettingException if a number is outside its range or the interval is not positive */
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

    /** The defaults, to start from. */
    public static QueueSettings defaults() {
        return new QueueSettings(DEFAULT_CONCURRENCY, DEFAULT_CONCURRENCY, DEFAULT_POLL_INTERVAL);
    }

    /** Other settings with this concurrency, and as much prefetch. */
    public QueueSettings concurrency(int handlers) {
        return new QueueSettings(handlers, handlers, pollInterval);
    }

    /** The same settings with another prefetch. */
    public QueueSettings prefetch(int jobs) {
        return new QueueSettings(concurrency, jobs, pollInterval);
    }

    /** The same settings with another poll interval. */
    public QueueSettings pollInterval(Duration interval) {
        return new QueueSettings(concurrency, prefetch, interval);
    }
}
