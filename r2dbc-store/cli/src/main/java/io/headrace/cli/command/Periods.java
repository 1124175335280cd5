package io.headrace.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration: {@code 90s}, {@code 1h30m}, {@code 2d}, or {@code PT90S} as Java writes it. */
public final class Periods implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            return Duration.parse(upper.startsWith("P") ? upper : iso(upper));
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 90s, 5m, 1h30m or 2d");
        }
    }

    private static String iso(String text) {
        int days = text.indexOf('D') + 1;
        return "P" + text.substring(0, days) + (days == text.length() ? "" : "T" + text.substring(days));
    }
}
