package io.headrace.engine.schedule;

import io.headrace.JobId;
import io.headrace.observe.JobObserver;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What schedules need of where they are operated.
 *
 * @param worker the worker of this process, 0 for none
 * @param enqueued is told the queues that have new jobs
 * @param cancel cancels a job
 * @param observer is told of fires
 * @param planning where functions of schedules are called
 * @param clock where timers run
 */
public record ScheduleHost(
        LongSupplier worker,
        Consumer<String> enqueued,
        Function<JobId, ? extends Mono<?>> cancel,
        JobObserver observer,
        Scheduler planning,
        Scheduler clock) {}
