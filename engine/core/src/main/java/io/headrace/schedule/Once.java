package io.headrace.schedule;

import io.headrace.InvalidSettingException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A single instant, to the millisecond. Immutable and thread-safe. */
public final class Once implements Timetable {

    private final Instant at;

    private Once(Instant at) {
        this.at = at;
    }

    /**
     * Fires once, at the given instant. What is finer than a millisecond is cut off.
     *
     * @throws InvalidSettingException if the instant is before the year 1 or after the year 9999
     */
    public static Once at(Instant instant) {
        Objects.requireNonNull(instant, "instant");
        long second = instant.getEpochSecond();
        if (second < Bounds.FIRST || second > Bounds.LAST) {
            throw new InvalidSettingException("at", instant + " is outside the years 1 to 9999");
        }
        return new Once(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /** When it fires. */
    public Instant at() {
        return at;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return at.isAfter(after) ? Optional.of(at) : Optional.empty();
    }

    @Override
    public long count(Instant after, Instant until) {
        return at.isAfter(after) && !at.isAfter(until) ? 1 : 0;
    }

    @Override
    public List<Instant> latest(int n, Instant after, Instant until) {
        return Latest.check(n) > 0 && count(after, until) == 1 ? List.of(at) : List.of();
    }

    @Override
    public String describe() {
        return "Once, at " + at;
    }

    @Override
    public String text() {
        return TimetableText.ONCE + at;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Once named(String schedule) {
        return this;
    }

    @Override
    public Once from(Instant start) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Once once && at.equals(once.at);
    }

    @Override
    public int hashCode() {
        return at.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
