package io.headrace.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * One instant of a schedule for which a job is enqueued.
 *
 * @param schedule the name of the schedule
 * @param at the instant of the timetable, without jitter and however late the fire is; for {@link FireCause#RUN_NOW}, the
 *     time of the request
 * @param zone the zone of the timetable
 * @param cause why it fires
 */
public record Fire(String schedule, Instant at, ZoneId zone, FireCause cause) {

    /** The header of a job that names its schedule. */
    public static final String SCHEDULE_HEADER = "headrace.schedule";

    /** The header of a job that has the {@linkplain #at instant} of its fire, as {@link Instant#parse} reads it. */
    public static final String AT_HEADER = "headrace.fire";

    /** Returns the instant as local time in the zone of the timetable. */
    public ZonedDateTime time() {
        return at.atZone(zone);
    }
}
