package io.headrace.engine.operate;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.spi.JobStore;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * What a desk works with, whoever works at it.
 *
 * @param cancel cancels a job
 * @param enqueue enqueues a job
 */
public record DeskTools(
        JobStore store,
        ScheduleOperator schedules,
        Function<JobId, Mono<CancelAnswer>> cancel,
        Function<NewJob<?>, Mono<Enqueued>> enqueue) {}
