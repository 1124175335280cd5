package io.headrace.cli.print;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value as it stands in a table or beside its label. */
final class Cell {

    private static final String NOTHING = "-";

    private Cell() {}

    static String text(@Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (value instanceof Duration span) {
            return Spans.words(span);
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        if (value instanceof Collection<?> values) {
            return values.isEmpty()
                    ? NOTHING
                    : values.stream().map(Cell::text).sorted().collect(Collectors.joining(", "));
        }
        return Printable.line(value.toString());
    }

    /** How many columns of a terminal it takes, if all of its characters are of normal width. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String padded(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - width(text)));
        return right ? spaces + text : text + spaces;
    }
}
