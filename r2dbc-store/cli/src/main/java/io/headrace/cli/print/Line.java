package io.headrace.cli.print;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values in one line, for output of which nobody knows how wide its columns will be. */
public final class Line {

    private Line() {}

    /** Those that there are, with two spaces between. */
    public static String of(@Nullable Object... values) {
        return Arrays.stream(values).filter(Objects::nonNull).map(Cell::text).collect(Collectors.joining("  "));
    }
}
