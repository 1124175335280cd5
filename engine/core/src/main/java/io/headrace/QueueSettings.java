package io.headrace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which an engine works on one queue. Immutable and thread-safe.
 *
 * <p>Defaults: 64 concurrent handlers, as many prefetched jobs, and polls that the engine paces.
 *
 * @param concurrency the maximum number of concurrent handlers, 1 to 10,000. Jobs of batch handlers count one by one
 * @param prefetch the number of jobs that are leased ahead, so that a handler that becomes free finds the next job in
 *     the process; 0 to 10,000. The engine leases at most {@code 2 × concurrency + prefetch} jobs of the queue at a
 *     time, including jobs whose outcomes are on their way to the store
 * @param pollInterval the maximum time for which an idle worker waits before it looks for jobs itself, in case a
 *     wake-up was lost. Default, as {@code null}: 20 s while wake-ups are heard and 1 s while they are not, such as with a
 *     store that does not listen. A value that is set holds in both cases. One statement looks for all queues of an engine.
 *     With more than 30 s, jobs that other processes enqueue with a delay of more than 30 s may be found late
 */
public record QueueSettings(
        int concurrency, int prefetch, @Nullable Duration pollInterval) {

    /** The default number of concurrent handlers. */
    public static final int DEFAULT_CONCURRENCY = 64;

    private static final int MOST = 10_000;

    /** @throws InvalidSettingException if a number is out of range or the interval is not positive */
    public QueueSettings {
        if (concurrency < 1 || concurrency > MOST) {
            throw new InvalidSettingException("concurrency", concurrency + " is outside 1 to " + MOST);
        }
        if (prefetch < 0 || prefetch > MOST) {
            throw new InvalidSettingException("prefetch", prefetch + " is outside 0 to " + MOST);
        }
        if (pollInterval != null && (pollInterval.isNegative() || pollInterval.isZero())) {
            throw new InvalidSettingException("pollInterval", pollInterval + " is not positive");
        }
    }

    /** Returns the default settings. */
    public static QueueSettings defaults() {
        return new QueueSettings(DEFAULT_CONCURRENCY, DEFAULT_CONCURRENCY, null);
    }

    /** Returns these settings with the given concurrency and an equal prefetch. */
    public QueueSettings concurrency(int handlers) {
        return new QueueSettings(handlers, handlers, pollInterval);
    }

    /** Returns these settings with the given prefetch. */
    public QueueSettings prefetch(int jobs) {
        return new QueueSettings(concurrency, jobs, pollInterval);
    }

    /** Returns these settings with the given poll interval; {@code null} for the default. */
    public QueueSettings pollInterval(@Nullable Duration interval) {
        return new QueueSettings(concurrency, prefetch, interval);
    }
}
