package io.headrace.spring.autoconfigure;

import io.headrace.schedule.Overlap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Overrides of a schedule that a bean declares. What is not set is as declared.
 *
 * @param enabled Whether this application declares the schedule.
 * @param cron Cron expression, instead of the declared timetable.
 * @param zone Time zone of the cron.
 * @param every Period, instead of the declared timetable; at least 1s.
 * @param jitter Up to how much later each fire is, at most 1d.
 * @param misfire What happens with missed instants: ONCE, SKIP or ALL(n).
 * @param overlap What happens if the job of the last fire has not ended.
 */
public record ScheduleProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String cron,
        @Nullable String zone,
        @Nullable Duration every,
        @Nullable Duration jitter,
        @Nullable String misfire,
        @Nullable Overlap overlap) {}
