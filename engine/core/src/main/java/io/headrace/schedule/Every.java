package io.headrace.schedule;

import io.headrace.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fixed period, regardless of zones and daylight saving. Immutable and thread-safe.
 *
 * <p>The instants form a grid in both directions from the {@linkplain #from(Instant) start}. A schedule sets the start
 * when it is created, so that all engines agree. Without a start, each instant is one period after the one that is
 * asked about.
 */
public final class Every implements Timetable {

    /** The shortest period. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The longest period: 10 years of 365 days. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    private final long periodMillis;
    private final @Nullable Instant start;

    private Every(long periodMillis, @Nullable Instant start) {
        this.periodMillis = periodMillis;
        this.start = start;
    }

    /**
     * Fires once per period.
     *
     * @throws InvalidSettingException if the period is under {@link #SHORTEST}, over {@link #LONGEST}, or not a whole
     *     number of milliseconds
     */
    public static Every of(Duration period) {
        Objects.requireNonNull(period, "period");
        if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException(
                    "period", period + " is outside 1 second to " + LONGEST.toDays() + " days");
        }
        if (!period.equals(Duration.ofMillis(period.toMillis()))) {
            throw new InvalidSettingException("period", period + " is not a whole number of milliseconds");
        }
        return new Every(period.toMillis(), null);
    }

    /** The time from one instant to the next. */
    public Duration period() {
        return Duration.ofMillis(periodMillis);
    }

    /** The start of the grid, to the millisecond. Empty if there is none. */
    public Optional<Instant> start() {
        return Optional.ofNullable(start);
    }

    /**
     * This period on a grid that starts at the given instant. What is finer than a millisecond is cut off.
     *
     * @throws InvalidSettingException if the instant is before the year 1 or after the year 9999
     */
    @Override
    public Every from(Instant instant) {
        return new Every(periodMillis, Once.at(instant).at());
    }

    @Override
    public Optional<Instant> next(Instant after) {
        long from = millis(after);
        long next = from + periodMillis - Math.floorMod(from - grid(from), periodMillis);
        return Math.floorDiv(next, 1_000) > Bounds.LAST ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
    }

    @Override
    public long count(Instant after, Instant until) {
        long from = millis(after);
        long grid = grid(from);
        return Math.max(
                0, Math.floorDiv(millis(until) - grid, periodMillis) - Math.floorDiv(from - grid, periodMillis));
    }

    @Override
    public List<Instant> latest(int n, Instant after, Instant until) {
        long many = Math.min(Latest.check(n), count(after, until));
        long to = millis(until);
        long last = to - Math.floorMod(to - grid(millis(after)), periodMillis);
        List<Instant> latest = new ArrayList<>((int) many);
        for (long back = many - 1; back >= 0; back--) {
            latest.add(Instant.ofEpochMilli(last - back * periodMillis));
        }
        return latest;
    }

    @Override
    public String describe() {
        return "Every " + DurationWords.of(period());
    }

    @Override
    public String text() {
        return TimetableText.EVERY + period() + (start == null ? "" : TimetableText.FROM + start);
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Every named(String schedule) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Every every && periodMillis == every.periodMillis && Objects.equals(start, every.start);
    }

    @Override
    public int hashCode() {
        return Objects.hash(periodMillis, start);
    }

    @Override
    public String toString() {
        return text();
    }

    private long grid(long from) {
        return start == null ? from : start.toEpochMilli();
    }

    /** Within what timetables cover, and rounded down. */
    private static long millis(Instant instant) {
        long second = Bounds.second(instant);
        return second * 1_000 + (second == instant.getEpochSecond() ? instant.getNano() / 1_000_000 : 999);
    }
}
