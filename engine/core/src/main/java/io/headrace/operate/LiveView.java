package io.headrace.operate;

import io.headrace.WorkerSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queues and workers of a store at one moment, as {@link io.headrace.JobOperator#live()} emits it. Immutable.
 *
 * @param at when the store was read, by its own clock; {@code null} if no reading has succeeded yet
 * @param queues the queues, ordered by name: those that are paused, hold jobs, have workers or were active lately
 * @param workers the workers, in the order of their registration
 * @param problem why the latest reading failed, in a line; {@code null} if it succeeded. With a problem, the rest is what the
 *     last successful reading found
 */
public record LiveView(
        @Nullable Instant at,
        List<LiveQueue> queues,
        List<WorkerSnapshot> workers,
        @Nullable String problem) {

    public LiveView {
        queues = List.copyOf(queues);
        workers = List.copyOf(workers);
    }
}
