package io.headrace.schedule;

import io.headrace.InvalidSettingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The stored form of a timetable. */
final class TimetableText {

    static final String CRON = "cron ";
    static final String EVERY = "every ";
    static final String FROM = " from ";
    static final String ONCE = "once ";

    /** More than the longest text of any timetable. */
    private static final int CHARACTERS = 300;

    private TimetableText() {}

    static Timetable read(String text, ZoneId zone) {
        if (text.length() > CHARACTERS) {
            throw unreadable(text);
        }
        try {
            if (text.startsWith(CRON)) {
                return Cron.of(text.substring(CRON.length()), zone);
            }
            if (text.startsWith(EVERY)) {
                return every(text.substring(EVERY.length()));
            }
            if (text.startsWith(ONCE)) {
                return Once.at(Instant.parse(text.substring(ONCE.length())));
            }
        } catch (DateTimeException e) {
            throw unreadable(text);
        }
        throw unreadable(text);
    }

    private static Every every(String text) {
        int from = text.indexOf(FROM);
        return from < 0
                ? Every.of(Duration.parse(text))
                : Every.of(Duration.parse(text.substring(0, from)))
                        .from(Instant.parse(text.substring(from + FROM.length())));
    }

    private static InvalidSettingException unreadable(String text) {
        return new InvalidSettingException(
                "timetable",
                "'" + CleanText.of(text) + "' is none; expected 'cron 0 3 * * *', 'every PT5M' or 'once "
                        + "2026-01-31T03:00:00Z'");
    }
}
