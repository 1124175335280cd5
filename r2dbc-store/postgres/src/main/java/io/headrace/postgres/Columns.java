package io.headrace.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads columns that are never null as what they are. */
final class Columns {

    private Columns() {}

    static long number(Readable row, String column) {
        return present(row.get(column, Long.class), column);
    }

    static int integer(Readable row, String column) {
        return present(row.get(column, Integer.class), column);
    }

    static boolean flag(Readable row, String column) {
        return present(row.get(column, Boolean.class), column);
    }

    static String text(Readable row, String column) {
        return present(row.get(column, String.class), column);
    }

    static Instant time(Readable row, String column) {
        return present(row.get(column, Instant.class), column);
    }

    private static <T> T present(@Nullable T value, String column) {
        return Objects.requireNonNull(value, column);
    }
}
