package io.headrace.schedule;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/**
 * An instant at which a cron fires, and how it came about. Immutable and thread-safe.
 *
 * @param at when it fires, in the zone of the cron
 * @param scheduled the local time that the expression asks for. It differs from {@code at} for {@link Shift#GAP}: the
 *     first of the local times that are missing
 * @param shift whether the clocks were changed at that time
 */
public record Occurrence(ZonedDateTime at, LocalDateTime scheduled, Shift shift) {

    /** What a change of the clocks did to an occurrence. */
    public enum Shift {
        /** Nothing: the local time exists, and this is the first or only time that it does. */
        NONE,
        /** The local time does not exist, since the clocks were put forward. It fires at the first instant after. */
        GAP,
        /** The local time occurs for the second time, since the clocks were put back. */
        REPEATED_HOUR
    }
}
