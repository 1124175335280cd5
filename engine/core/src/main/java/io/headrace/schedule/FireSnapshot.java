package io.headrace.schedule;

import io.headrace.JobId;
import io.headrace.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fire of a schedule on record.
 *
 * @param schedule the name of the schedule
 * @param at the instant of the timetable
 * @param firedAt when it was recorded, by the database's clock; for a fire that waited, when its job was enqueued
 * @param cause why it fired
 * @param outcome what came of it
 * @param passedOver how many missed instants before this one were passed over
 * @param job its job; {@code null} if it has none
 * @param state the state of its job; {@code null} if it has none, or the job was pruned
 * @param problem why its job could not be made; {@code null} if it could
 */
public record FireSnapshot(
        String schedule,
        Instant at,
        Instant firedAt,
        FireCause cause,
        FireOutcome outcome,
        long passedOver,
        @Nullable JobId job,
        @Nullable JobState state,
        @Nullable String problem) {}
