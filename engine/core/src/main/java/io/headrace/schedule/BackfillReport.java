package io.headrace.schedule;

/**
 * The result of a backfill. {@code instants = fired + failed + already}.
 *
 * @param instants how many instants the timetable has in the range
 * @param fired for how many of them a job was enqueued
 * @param failed for how many of them the schedule's function made no job
 * @param already how many had fired before
 */
public record BackfillReport(long instants, long fired, long failed, long already) {}
