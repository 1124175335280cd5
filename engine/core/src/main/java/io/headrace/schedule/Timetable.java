package io.headrace.schedule;

import io.headrace.InvalidSettingException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The instants at which a schedule is due. Immutable and thread-safe; equal timetables have the same {@link #text()}
 * and {@link #zone()}.
 *
 * <p>All timetables end with the year 9999, and none begins before the year 1.
 */
public sealed interface Timetable permits Cron, Every, Once {

    /**
     * Reads what {@link #text()} returned.
     *
     * @param zone of a cron; the others do without
     * @throws InvalidCronException if it is a cron that cannot be read
     * @throws InvalidSettingException if it is anything else that cannot be read
     */
    static Timetable parse(String text, ZoneId zone) {
        return TimetableText.read(text, zone);
    }

    /**
     * The first instant that is strictly after the given one. Empty if there is none.
     *
     * @throws InvalidCronException if this is a cron with an {@code H} that is not {@link #named(String)}
     */
    Optional<Instant> next(Instant after);

    /**
     * The number of instants after {@code after} and not after {@code until}. Exact, and computed without visiting
     * each of them. Zero if {@code until} is not after {@code after}.
     *
     * @throws InvalidCronException if this is a cron with an {@code H} that is not {@link #named(String)}
     */
    long count(Instant after, Instant until);

    /**
     * The latest {@code n} instants after {@code after} and not after {@code until}, in ascending order. Fewer if there
     * are not as many. The cost depends on {@code n}, not on the length of time.
     *
     * @throws InvalidCronException if this is a cron with an {@code H} that is not {@link #named(String)}
     * @throws IllegalArgumentException if {@code n} is negative
     */
    List<Instant> latest(int n, Instant after, Instant until);

    /** A sentence in words, such as {@code At 03:00, UTC}. */
    String describe();

    /**
     * The form to store, such as {@code cron 0 3 * * *}, {@code every PT5M} or {@code once 2026-11-28T09:00:00Z}.
     * {@link #parse} reads it. The zone is separate.
     */
    String text();

    /** The zone of a cron; UTC of all others. */
    ZoneId zone();

    /**
     * This timetable for the schedule of the given name: each {@code H} of a cron is replaced by a number that depends
     * on nothing but the name. Returns itself if there is nothing to replace.
     *
     * @throws InvalidCronException if the cron never fires with these numbers
     */
    Timetable named(String schedule);

    /** This timetable with the start of its grid, if it is an {@link Every}. Returns itself if it is not. */
    Timetable from(Instant start);
}
