package io.headrace.operate;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a queue will have no due job any more, from how its depth has changed in the last seconds. Jobs that are not yet due
 * do not count.
 *
 * @param outlook what is to be expected
 * @param in of {@link Outlook#EMPTY_IN}, the time until no job is due, in whole seconds; otherwise {@code null}
 */
public record Forecast(Outlook outlook, @Nullable Duration in) {

    public Forecast {
        if ((outlook == Outlook.EMPTY_IN) != (in != null)) {
            throw new IllegalArgumentException(
                    "a time belongs to EMPTY_IN, and to nothing else: " + outlook + ", " + in);
        }
    }

    /** Creates a forecast without a time. */
    public static Forecast of(Outlook outlook) {
        return new Forecast(outlook, null);
    }

    /** Creates the forecast that no job is due after some time. */
    public static Forecast emptyIn(Duration in) {
        return new Forecast(Outlook.EMPTY_IN, in);
    }

    /** Says it in a few words, such as "empty in 3 min 20 s". */
    public String describe() {
        return switch (outlook) {
            case EMPTY -> "empty";
            case EMPTY_IN -> "empty in " + words(Objects.requireNonNull(in));
            case NEVER -> "never empty at this rate";
            case PAUSED -> "paused";
            case UNKNOWN -> "not known yet";
        };
    }

    /** Two units are enough: the rest changes with the next reading. */
    private static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return (time.toMinutes() > 0 ? time.toMinutes() + " min " : "") + time.toSecondsPart() + " s";
    }
}
