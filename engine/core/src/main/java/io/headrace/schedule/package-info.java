/**
 * Schedules: when jobs are enqueued by themselves. {@link io.headrace.schedule.Schedule} defines one,
 * {@link io.headrace.schedule.ScheduleOperator} shows and changes them at run time.
 */
@NullMarked
package io.headrace.schedule;

import org.jspecify.annotations.NullMarked;
