package io.headrace.engine.operate;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.engine.bulk.BulkRunner;
import io.headrace.engine.monitor.LiveFeed;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.JobStore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What a desk works with, whoever works at it.
 *
 * @param feed shows what is going on to all who watch
 * @param bulk carries out bulk operations
 * @param cancel cancels a job
 * @param enqueue enqueues a job
 * @param signal sends a signal
 * @param clock where timers run
 */
public record DeskTools(
        JobStore store,
        LiveFeed feed,
        ScheduleOperator schedules,
        BulkRunner bulk,
        Function<JobId, Mono<CancelAnswer>> cancel,
        Function<NewJob<?>, Mono<Enqueued>> enqueue,
        SendSignal signal,
        Scheduler clock) {

    /** Sends a signal. */
    @FunctionalInterface
    public interface SendSignal {
        Mono<SignalAnswer> send(String key, @Nullable Object value);
    }
}
