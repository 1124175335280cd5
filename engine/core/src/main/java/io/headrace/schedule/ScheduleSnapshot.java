package io.headrace.schedule;

import io.headrace.JobId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule at one moment.
 *
 * @param name its name
 * @param timetable when it fires; {@link Timetable#describe()} says it in words. {@code null} if this process cannot read it:
 *     a newer version of Headrace wrote it, or its zone is unknown here. Processes that can read it fire it
 * @param queue the queue of its jobs; for jobs that are made, the queue of their type
 * @param kind the kind of its jobs
 * @param isMade whether each job is made by a function of the engines that declare it
 * @param jitter the longest jitter of a fire
 * @param misfire what happens with missed instants
 * @param overlap what happens if the last job has not ended
 * @param state whether it fires
 * @param isDeclared whether engines declare it in code
 * @param isOverridden whether an operator has changed it since; the next change in code replaces the operator's
 * @param next the next instant of its timetable; while it is paused, the instant from which it would go on;
 *     {@code null} if there is none
 * @param lastAt the latest instant that fired; {@code null} if none has
 * @param lastJob the job of the latest fire that has one; {@code null} if none has
 * @param isWaiting whether a fire waits for the end of that job
 * @param fires how many fires it has had
 * @param passedOver how many missed instants were passed over in all
 */
public record ScheduleSnapshot(
        String name,
        @Nullable Timetable timetable,
        String queue,
        String kind,
        boolean isMade,
        Duration jitter,
        Misfire misfire,
        Overlap overlap,
        ScheduleState state,
        boolean isDeclared,
        boolean isOverridden,
        @Nullable Instant next,
        @Nullable Instant lastAt,
        @Nullable JobId lastJob,
        boolean isWaiting,
        long fires,
        long passedOver) {}
