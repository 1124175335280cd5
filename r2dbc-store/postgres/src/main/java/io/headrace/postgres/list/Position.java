package io.headrace.postgres.list;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a slice ended, as text: one field a line, an empty one for null. It may come from anybody, so every field is checked
 * when it is read. Immutable.
 */
final class Position {

    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(400_000);

    private final String[] fields;

    private Position(String[] fields) {
        this.fields = fields;
    }

    static Position of(@Nullable Object... fields) {
        return new Position(Stream.of(fields)
                .map(field -> field == null ? "" : field.toString())
                .toArray(String[]::new));
    }

    /** @param fields how many there must be */
    static Position parse(String text, int fields) {
        String[] found = text.split("\n", -1);
        if (found.length != fields) {
            throw invalid("has " + found.length + " fields, not " + fields);
        }
        return new Position(found);
    }

    private static InvalidSettingException invalid(String reason) {
        return new InvalidSettingException("cursor", reason + ". Begin again without a cursor");
    }

    /** The name of a queue; empty for what is before all names. */
    String name(int field) {
        String name = fields[field];
        try {
            return name.isEmpty() ? name : JobConstraints.name("cursor", name);
        } catch (RuntimeException e) {
            throw invalid("has no queue");
        }
    }

    @Nullable
    Long numberOrNull(int field) {
        return numberOrNull(field, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Nullable
    Long numberOrNull(int field, long least, long most) {
        return fields[field].isEmpty() ? null : Long.valueOf(number(field, least, most));
    }

    long number(int field) {
        return number(field, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A number within bounds. */
    long number(int field, long least, long most) {
        try {
            long number = Long.parseLong(fields[field]);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid("has '" + fields[field] + "' for a number");
        }
        throw invalid("has " + fields[field] + ", which is out of range");
    }

    @Nullable
    Instant momentOrNull(int field) {
        return fields[field].isEmpty() ? null : moment(field);
    }

    /** A moment as jobs have it. */
    Instant moment(int field) {
        try {
            Instant moment = Instant.parse(fields[field]);
            if (!moment.isBefore(FIRST) && moment.isBefore(FIRST.plus(LONGEST))) {
                return moment;
            }
        } catch (DateTimeException e) {
            throw invalid("has '" + fields[field] + "' for a time");
        }
        throw invalid("has " + fields[field] + ", which is out of range");
    }

    @Override
    public String toString() {
        return Stream.of(fields).collect(Collectors.joining("\n"));
    }
}
