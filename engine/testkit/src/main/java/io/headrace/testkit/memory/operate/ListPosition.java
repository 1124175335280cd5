package io.headrace.testkit.memory.operate;

import io.headrace.InvalidSettingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a slice ended: what orders the jobs, one field a line. */
final class ListPosition {

    private final String[] fields;

    private ListPosition(String[] fields) {
        this.fields = fields;
    }

    static ListPosition of(Object... fields) {
        return new ListPosition(Stream.of(fields).map(String::valueOf).toArray(String[]::new));
    }

    /** @param fields how many there must be */
    static ListPosition parse(String text, int fields) {
        String[] found = text.split("\n", -1);
        if (found.length != fields) {
            throw new InvalidSettingException("cursor", "has " + found.length + " fields, not " + fields);
        }
        return new ListPosition(found);
    }

    String text(int field) {
        return fields[field];
    }

    long number(int field) {
        try {
            return Long.parseLong(fields[field]);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("cursor", "has no number: " + e.getMessage());
        }
    }

    Instant moment(int field) {
        try {
            return Instant.parse(fields[field]);
        } catch (DateTimeParseException e) {
            throw new InvalidSettingException("cursor", "has no time: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return Stream.of(fields).collect(Collectors.joining("\n"));
    }
}
