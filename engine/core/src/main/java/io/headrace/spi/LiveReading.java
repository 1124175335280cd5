package io.headrace.spi;

import java.time.Instant;
import java.util.List;

/**
 * The queues of a store at one moment.
 *
 * @param at the moment, by the store's clock
 * @param queues the queues that are paused, hold jobs, have workers or were active lately, ordered by name
 */
public record LiveReading(Instant at, List<Queue> queues) {

    public LiveReading {
        queues = List.copyOf(queues);
    }

    /**
     * A queue and its rates, which are those of the last ten seconds or of a shorter time.
     *
     * @param depth what it holds
     * @param isPaused whether nothing is claimed from it
     * @param completedPerSecond jobs that completed
     * @param retriedPerSecond failed attempts that a retry follows
     * @param failedPerSecond jobs that failed
     */
    public record Queue(
            QueueDepth depth,
            boolean isPaused,
            double completedPerSecond,
            double retriedPerSecond,
            double failedPerSecond) {}
}
