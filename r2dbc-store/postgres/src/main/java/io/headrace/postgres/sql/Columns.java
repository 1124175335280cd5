package io.headrace.postgres.sql;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads columns that are never null as what they are. */
public final class Columns {

    private Columns() {}

    public static long number(Readable row, String column) {
        return present(row.get(column, Long.class), column);
    }

    public static int integer(Readable row, String column) {
        return present(row.get(column, Integer.class), column);
    }

    public static boolean flag(Readable row, String column) {
        return present(row.get(column, Boolean.class), column);
    }

    public static String text(Readable row, String column) {
        return present(row.get(column, String.class), column);
    }

    public static Instant time(Readable row, String column) {
        return present(row.get(column, Instant.class), column);
    }

    /** A column of microseconds since 1970: the driver parses a timestamp from text, which takes much longer. */
    public static Instant moment(Readable row, String column) {
        return moment(number(row, column));
    }

    /** From microseconds since 1970. */
    public static Instant moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static <T> T present(@Nullable T value, String column) {
        return Objects.requireNonNull(value, column);
    }
}
