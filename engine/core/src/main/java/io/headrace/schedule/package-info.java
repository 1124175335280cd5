/**
 * When a schedule fires. A {@link io.headrace.schedule.Timetable} is one of three:
 * {@link io.headrace.schedule.Cron}, {@link io.headrace.schedule.Every} or {@link io.headrace.schedule.Once}. All
 * types are immutable and thread-safe.
 */
@NullMarked
package io.headrace.schedule;

import org.jspecify.annotations.NullMarked;
