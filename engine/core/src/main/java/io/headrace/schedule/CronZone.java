package io.headrace.schedule;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads the zone of a cron. */
final class CronZone {

    private static final String FIELD = "zone";
    /** Twice as long as the longest that there is. */
    private static final int CHARACTERS = 64;

    private CronZone() {}

    static ZoneId check(@Nullable String expression, @Nullable ZoneId zone) {
        if (zone == null) {
            throw refuse(expression, "is null");
        }
        return zone;
    }

    static ZoneId read(@Nullable String expression, @Nullable String zone) {
        if (zone == null) {
            throw refuse(expression, "is null");
        }
        if (zone.length() <= CHARACTERS) {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                // said below
            }
        }
        throw refuse(
                expression,
                "'" + CleanText.of(zone) + "' is unknown; expected a name such as Europe/Berlin, UTC, or an offset"
                        + " such as +02:00");
    }

    private static InvalidCronException refuse(@Nullable String expression, String reason) {
        return new InvalidCronException(expression == null ? "" : expression, FIELD, 0, reason);
    }
}
