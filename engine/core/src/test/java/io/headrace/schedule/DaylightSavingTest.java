package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of the clocks does: a table, one row a case. */
class DaylightSavingTest {

    @ParameterizedTest(name = "{0} in {1} after {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Put forward from 02:00 to 03:00: what is lost fires at 03:00, once.
                "30 2 * * *        | Europe/Berlin       | 2026-03-28T12:00 | 29T03:00+02:00 30T02:30+02:00",
                "15 * * * *        | Europe/Berlin       | 2026-03-29T01:00 | 29T01:15+01:00 29T03:00+02:00 29T03:15+02:00",
                "0 * * * *         | Europe/Berlin       | 2026-03-29T00:30 | 29T01:00+01:00 29T03:00+02:00 29T04:00+02:00",
                "0,30 2 * * *      | Europe/Berlin       | 2026-03-28T12:00 | 29T03:00+02:00 30T02:00+02:00",
                "0 2,3 * * *       | Europe/Berlin       | 2026-03-28T12:00 | 29T03:00+02:00 30T02:00+02:00",
                "*/30 * * * *      | Europe/Berlin       | 2026-03-29T01:00 | 29T01:30+01:00 29T03:00+02:00 29T03:30+02:00",
                // Put back from 03:00 to 02:00: once, or at every real instant if the hour is a wildcard or a step.
                "30 2 * * *        | Europe/Berlin       | 2026-10-24T12:00 | 25T02:30+02:00 26T02:30+01:00",
                "0,30 2 * * *      | Europe/Berlin       | 2026-10-24T12:00 | 25T02:00+02:00 25T02:30+02:00 26T02:00+01:00",
                "*/30 * * * *      | Europe/Berlin       | 2026-10-25T01:30 | 25T02:00+02:00 25T02:30+02:00 25T02:00+01:00 25T02:30+01:00 25T03:00+01:00",
                "0 */2 * * *       | Europe/Berlin       | 2026-10-25T01:00 | 25T02:00+02:00 25T02:00+01:00 25T04:00+01:00",
                "0 0-23 * * *      | Europe/Berlin       | 2026-10-25T01:00 | 25T02:00+02:00 25T03:00+01:00",
                // Cairo puts the clocks forward at midnight, and back to 23:00.
                "0 0 * * *         | Africa/Cairo        | 2026-04-23T12:00 | 24T01:00+03:00 25T00:00+03:00",
                "30 0 * * *        | Africa/Cairo        | 2026-04-23T12:00 | 24T01:00+03:00 25T00:30+03:00",
                "30 23 * * *       | Africa/Cairo        | 2026-10-29T12:00 | 29T23:30+03:00 30T23:30+02:00",
                // A last day of the month, or a weekday, that begins in the gap, is still that day.
                "0 0 * * FRI       | Africa/Cairo        | 2026-04-23T12:00 | 24T01:00+03:00 1T00:00+03:00",
                // Lord Howe moves the clocks by half an hour.
                "15 2 * * *        | Australia/Lord_Howe | 2026-10-03T12:00 | 4T02:30+11:00 5T02:15+11:00",
                "*/15 * * * *      | Australia/Lord_Howe | 2026-10-04T01:45 | 4T02:30+11:00 4T02:45+11:00",
                "45 1 * * *        | Australia/Lord_Howe | 2026-04-04T12:00 | 5T01:45+11:00 6T01:45+10:30",
                "*/15 * * * *      | Australia/Lord_Howe | 2026-04-05T01:15 | 5T01:30+11:00 5T01:45+11:00 5T01:30+10:30 5T01:45+10:30 5T02:00+10:30",
                // Samoa left out a day.
                "0 12 * * *        | Pacific/Apia        | 2011-12-29T00:00 | 29T12:00-10:00 31T00:00+14:00 31T12:00+14:00",
                "0 0 30 * *        | Pacific/Apia        | 2011-12-01T00:00 | 31T00:00+14:00 30T00:00+14:00",
                // Kwajalein had a day twice, almost.
                "0 12 * * *        | Pacific/Kwajalein   | 1969-09-29T13:00 | 30T12:00+11:00 1T12:00-12:00",
            })
    void table(String expression, String zone, String after, String expected) {
        List<String> fires = Cron.of(expression, zone)
                .preview(expected.split(" ").length, LocalDateTime.parse(after).atZone(ZoneId.of(zone)))
                .stream()
                .map(fire -> fire.at().getDayOfMonth() + "T" + fire.at().toLocalTime()
                        + fire.at().getOffset())
                .toList();
        assertThat(fires).isEqualTo(Arrays.asList(expected.split(" ")));
    }

    @Test
    void thePreviewSaysWhatWasMoved() {
        Cron cron = Cron.of("15,45 */2 * * *", "Europe/Berlin");
        assertThat(cron.preview(2, ZonedDateTime.parse("2026-03-29T00:50+01:00")))
                .extracting(
                        fire -> fire.at().toLocalTime() + " " + fire.scheduled().toLocalTime() + " " + fire.shift())
                .containsExactly("03:00 02:15 GAP", "04:15 04:15 NONE");
        assertThat(cron.preview(5, ZonedDateTime.parse("2026-10-25T01:50+02:00")))
                .extracting(fire -> fire.at().toOffsetDateTime() + " " + fire.shift())
                .containsExactly(
                        "2026-10-25T02:15+02:00 NONE",
                        "2026-10-25T02:45+02:00 NONE",
                        "2026-10-25T02:15+01:00 REPEATED_HOUR",
                        "2026-10-25T02:45+01:00 REPEATED_HOUR",
                        "2026-10-25T04:15+01:00 NONE");
    }

    @Test
    void askedWithinTheSecondPassItDoesNotGoBack() {
        Cron cron = Cron.of("30 2 * * *", "Europe/Berlin");
        Instant within = Instant.parse("2026-10-25T01:10:00Z");
        assertThat(cron.next(within)).contains(Instant.parse("2026-10-26T01:30:00Z"));
    }
}
