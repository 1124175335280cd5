package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be written, and what it means. 2026-01-01 is a Thursday. */
class CronSyntaxTest {

    private static final ZonedDateTime START = ZonedDateTime.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *             | 2026-01-01T00:01 2026-01-01T00:02",
                "*/5 * * * * *         | 2026-01-01T00:00:05 2026-01-01T00:00:10",
                "30 15 3 * * *         | 2026-01-01T03:15:30 2026-01-02T03:15:30",
                "*/25 * * * *          | 2026-01-01T00:25 2026-01-01T00:50 2026-01-01T01:00",
                "10-40/15 5 * * *      | 2026-01-01T05:10 2026-01-01T05:25 2026-01-01T05:40 2026-01-02T05:10",
                "40/15 5 * * *         | 2026-01-01T05:40 2026-01-01T05:55 2026-01-02T05:40",
                "7,9-11 1 * * *        | 2026-01-01T01:07 2026-01-01T01:09 2026-01-01T01:10 2026-01-01T01:11 2026-01-02T01:07",
                "0 0 * FEB,dec *       | 2026-02-01T00:00 2026-02-02T00:00",
                "0 0 1 Nov-DEC *       | 2026-11-01T00:00 2026-12-01T00:00 2027-11-01T00:00",
                "0 0 1 */5 *           | 2026-06-01T00:00 2026-11-01T00:00 2027-01-01T00:00",
                "0 0 * * mon           | 2026-01-05T00:00 2026-01-12T00:00",
                "0 0 * * 0             | 2026-01-04T00:00 2026-01-11T00:00",
                "0 0 * * 7             | 2026-01-04T00:00 2026-01-11T00:00",
                "0 0 * * 5-7           | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-09T00:00",
                "0 0 * * FRI-SUN       | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-09T00:00",
                "0 0 * * SUN-MON       | 2026-01-04T00:00 2026-01-05T00:00 2026-01-11T00:00",
                "0 0 * * SUN-SUN       | 2026-01-04T00:00 2026-01-11T00:00",
                "0 0 * * 7/3           | 2026-01-03T00:00 2026-01-04T00:00 2026-01-07T00:00 2026-01-10T00:00",
                "0 0 * * 4/2           | 2026-01-03T00:00 2026-01-08T00:00 2026-01-10T00:00",
                "0 0 ? * 2             | 2026-01-06T00:00 2026-01-13T00:00",
                "0 0 3 * ?             | 2026-01-03T00:00 2026-02-03T00:00",
                "0 0 31 * *            | 2026-01-31T00:00 2026-03-31T00:00 2026-05-31T00:00",
                "0 0 L * *             | 2026-01-31T00:00 2026-02-28T00:00 2026-03-31T00:00",
                "0 0 L-3 2 *           | 2026-02-25T00:00 2027-02-25T00:00 2028-02-26T00:00",
                "0 0 L-30 * *          | 2026-03-01T00:00 2026-05-01T00:00",
                "0 0 LW * *            | 2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00",
                "0 0 1W * *            | 2026-02-02T00:00 2026-03-02T00:00 2026-04-01T00:00",
                "0 0 31W * *           | 2026-01-30T00:00 2026-03-31T00:00 2026-05-29T00:00",
                "0 0 15W,L 2 *         | 2026-02-16T00:00 2026-02-28T00:00 2027-02-15T00:00",
                "0 0 * * 5#3           | 2026-01-16T00:00 2026-02-20T00:00",
                "0 0 * * SUN#1         | 2026-01-04T00:00 2026-02-01T00:00",
                "0 0 * * 7#5           | 2026-03-29T00:00 2026-05-31T00:00",
                "0 0 * * 5L            | 2026-01-30T00:00 2026-02-27T00:00",
                "0 0 * * FRIL,mon      | 2026-01-05T00:00 2026-01-12T00:00 2026-01-19T00:00 2026-01-26T00:00 2026-01-30T00:00",
                "0 0 13 * FRI          | 2026-01-02T00:00 2026-01-09T00:00 2026-01-13T00:00 2026-01-16T00:00",
                "0 0 */2 * MON         | 2026-01-05T00:00 2026-01-19T00:00 2026-02-09T00:00",
                "0 0 13 * */5          | 2026-02-13T00:00 2026-03-13T00:00 2026-09-13T00:00 2026-11-13T00:00",
                "0 0 1-7 * */7         | 2026-01-04T00:00 2026-02-01T00:00",
                "0 0 29 2 *            | 2028-02-29T00:00 2032-02-29T00:00",
                "0 0 30 2 1#5          | 2044-02-29T00:00 2072-02-29T00:00 2112-02-29T00:00",
                "@yearly               | 2027-01-01T00:00 2028-01-01T00:00",
                "@annually             | 2027-01-01T00:00",
                "@monthly              | 2026-02-01T00:00 2026-03-01T00:00",
                "@Weekly               | 2026-01-04T00:00 2026-01-11T00:00",
                "@daily                | 2026-01-02T00:00",
                "@midnight             | 2026-01-02T00:00",
                "@hourly               | 2026-01-01T01:00 2026-01-01T02:00",
                "  0   4  *  * *       | 2026-01-01T04:00",
            })
    void meaning(String expression, String expected) {
        String[] times = expected.split(" ");
        assertThat(Cron.of(expression).preview(times.length, START))
                .extracting(fire -> fire.at().toLocalDateTime())
                .isEqualTo(Arrays.stream(times).map(LocalDateTime::parse).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | expression   | 0  | is empty; write five fields, such as 0 3 * * *",
                "* * * *           | expression   | 0  | has 4 fields, expected 5 (minute, hour,",
                "* * * * * * 2026  | expression   | 0  | a year is not supported",
                "60 * * * *        | minute       | 1  | the value '60' is not allowed, only 0 to 59",
                "* 24 * * *        | hour         | 3  | the value '24' is not allowed, only 0 to 23",
                "* * 0 * *         | day of month | 5  | the value '0' is not allowed, only 1 to 31",
                "* * 1,32 * *      | day of month | 7  | the value '32' is not allowed, only 1 to 31",
                "* * * 13 *        | month        | 7  | the value '13' is not allowed, only 1 to 12, JAN to DEC",
                "* * * * 8         | day of week  | 9  | the value '8' is not allowed, only 0 to 7, SUN to SAT",
                "61 * * * * *      | second       | 1  | the value '61' is not allowed, only 0 to 59",
                "* * * foo *       | month        | 7  | the name 'FOO' is not allowed, only 1 to 12, JAN to DEC",
                "* * * * monday    | day of week  | 9  | the name 'MONDAY' is not allowed, only 0 to 7, SUN to SAT",
                "*/0 * * * *       | minute       | 3  | the step '0' is not allowed, only 1 to 60",
                "* */25 * * *      | hour         | 5  | the step '25' is not allowed, only 1 to 24",
                "*/ * * * *        | minute       | 3  | the step is missing, allowed are 1 to 60",
                "5- * * * *        | minute       | 3  | the value is missing, allowed are 0 to 59",
                "22-2 * * * *      | minute       | 1  | the range descends; write 22-59,0-2",
                "* * * * FRI-MON   | day of week  | 9  | the range descends; write 5-6,0-1",
                "* * * * 6-0       | day of week  | 9  | the range descends; write 6-7",
                "* * * * 7-2       | day of week  | 9  | the range descends; write 0-2",
                "1,,2 * * * *      | minute       | 3  | an item of the list is empty",
                "1, * * * *        | minute       | 3  | an item of the list is empty",
                "? * * * *         | minute       | 1  | the value '?' is not allowed, only 0 to 59",
                "* * ?/2 * *       | day of month | 5  | the value '?/2' is not allowed",
                "* * L-31 * *      | day of month | 7  | the number of days before the last '31' is not allowed, only 1 to 30",
                "* * LX * *        | day of month | 6  | 'X' is not expected after 'L'",
                "* * 1W-3 * *      | day of month | 7  | '-3' is not expected after '1W'",
                "* * * * L         | day of week  | 9  | L needs a day, as in 5L or FRIL for the last Friday",
                "* * * * 1#6       | day of week  | 11 | the number after # '6' is not allowed, only 1 to 5",
                "1/2/3 * * * *     | minute       | 4  | '/3' is not expected after '1/2'",
                "H(5-2) * * * *    | minute       | 3  | the range descends; write the smaller value first",
                "H(5 * * * *       | minute       | 4  | expected '-'",
                "H(0-9)/11 * * * * | minute       | 8  | the step '11' is not allowed, only 1 to 10",
                "@reboot           | expression   | 1  | enqueue the job when the application starts",
                "@every 5m         | expression   | 1  | use Every.of(Duration)",
                "@fortnightly      | expression   | 1  | unknown macro, allowed are @yearly,",
                "0 0 31 2 *        | day of month | 5  | never fires",
                "0 0 30 2 *        | day of month | 5  | never fires",
                "0 0 31 2,4,6 ?    | day of month | 5  | never fires",
                "0 0 */31 2 1#3    | day of month | 5  | never fires",
            })
    void refused(String expression, String field, int position, String said) {
        assertThatThrownBy(() -> Cron.of(expression))
                .hasMessageStartingWith("cron '" + expression + "', " + field)
                .hasMessageContaining(said)
                .asInstanceOf(type(InvalidCronException.class))
                .satisfies(e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.position()).isEqualTo(position);
                    assertThat(e.expression()).isEqualTo(expression);
                });
    }

    @Test
    void aZoneIsAName() {
        assertThat(Cron.of("0 3 * * *", "Europe/Berlin").zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(Cron.of("0 3 * * *").zone()).isEqualTo(ZoneOffset.UTC);
        Stream.of("Europe/Berln", "", "x".repeat(1_000), "UTC\n")
                .forEach(zone -> assertThatThrownBy(() -> Cron.of("0 3 * * *", zone))
                        .isInstanceOf(InvalidCronException.class)
                        .hasMessageStartingWith("cron '0 3 * * *', zone: '")
                        .hasMessageEndingWith(
                                "' is unknown; expected a name such as Europe/Berlin, UTC, or an offset such as +02:00")
                        .hasMessageNotContaining("\n"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsSaid() {
        assertThatThrownBy(() -> Cron.of(null))
                .isInstanceOf(InvalidCronException.class)
                .hasMessageContaining("is null");
        assertThatThrownBy(() -> Cron.of("* * * * *", (ZoneId) null))
                .isInstanceOf(InvalidCronException.class)
                .hasMessageContaining("zone: is null");
        assertThatThrownBy(() -> Cron.of("* * * * *", (String) null))
                .isInstanceOf(InvalidCronException.class)
                .hasMessageContaining("zone: is null");
    }

    @Test
    void equalIsWhatIsWrittenAlikeInTheSameZone() {
        assertThat(Cron.of(" 0  3 * * mon"))
                .isEqualTo(Cron.of("0 3 * * MON"))
                .hasSameHashCodeAs(Cron.of("0 3 * * MON"))
                .isNotEqualTo(Cron.of("0 3 * * MON", "Europe/Berlin"))
                .isNotEqualTo(Cron.of("0 3 * * 1"));
        assertThat(Cron.of(" 0  3 * * mon").expression()).isEqualTo("0 3 * * MON");
    }

    @Test
    void nextIsInTheZoneOfTheCron() {
        assertThat(Cron.of("0 3 * * *", "Asia/Tokyo")
                        .next(ZonedDateTime.parse("2026-01-01T00:00:00+01:00[Europe/Berlin]")))
                .isEqualTo(ZonedDateTime.parse("2026-01-01T03:00:00+09:00[Asia/Tokyo]")
                        .plusDays(1));
    }

    @Test
    void timeEnds() {
        Cron cron = Cron.of("0 0 1 1 *");
        assertThat(cron.next(Instant.parse("9998-06-01T00:00:00Z"))).contains(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(cron.next(Instant.parse("9999-01-01T00:00:00Z"))).isEmpty();
        assertThat(cron.next(Instant.MAX)).isEmpty();
        assertThat(cron.next(Instant.MIN)).contains(Instant.parse("0001-01-01T00:00:00Z"));
        assertThat(cron.count(Instant.MIN, Instant.MAX)).isEqualTo(9_999);
        assertThat(cron.latest(1, Instant.MIN, Instant.MAX)).containsExactly(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(cron.preview(3, ZonedDateTime.parse("9998-06-01T00:00:00Z"))).hasSize(1);
        assertThatThrownBy(() -> cron.next(ZonedDateTime.parse("9999-06-01T00:00:00Z")))
                .isInstanceOf(java.time.DateTimeException.class);
    }
}
