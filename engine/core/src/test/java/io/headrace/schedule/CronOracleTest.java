package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random expressions against a scan of every minute, in twenty zones: of one drawn year, and of three days around every
 * change of the clocks in fifty years.
 */
class CronOracleTest {

    private static final int EXPRESSIONS = 200;
    private static final int YEARS = 50;
    private static final long AROUND = 3 * 86_400;

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 1977",
        "Europe/London, 1977",
        "Europe/Dublin, 1977",
        "America/New_York, 1977",
        "America/Sao_Paulo, 1977",
        "America/St_Johns, 1977", // changes at one minute past midnight
        "America/Caracas, 1977", // half an hour, for good
        "Asia/Beirut, 1977", // at midnight
        "Asia/Tehran, 1977", // half hours, and at midnight
        "Asia/Kathmandu, 1977",
        "Asia/Pyongyang, 1977",
        "Africa/Cairo, 1977", // at midnight
        "Africa/Casablanca, 1990", // four changes a year
        "Africa/Monrovia, 1940", // an offset with seconds
        "Australia/Lord_Howe, 1990", // half an hour
        "Antarctica/Troll, 2000", // two hours
        "Pacific/Apia, 1980", // a day left out
        "Pacific/Kwajalein, 1960", // a day twice, and a day left out
        "Europe/Amsterdam, 1900", // changes of less than a minute
        "America/Juneau, 1850", // a day twice
    })
    void aScanOfEveryMinuteFindsTheSame(String zone, int fromYear) {
        Random random = new Random(zone.hashCode());
        List<RandomCron> expressions = expressions(random);
        List<Cron> crons = expressions.stream()
                .map(expression -> Cron.of(expression.text(), zone))
                .toList();
        for (ScannedWindow window : windows(ZoneId.of(zone).getRules(), fromYear, random)) {
            for (int i = 0; i < EXPRESSIONS; i++) {
                check(crons.get(i), window, window.fires(expressions.get(i)), random);
            }
        }
    }

    private static List<RandomCron> expressions(Random random) {
        List<RandomCron> expressions = new ArrayList<>();
        while (expressions.size() < EXPRESSIONS) {
            RandomCron drawn = RandomCron.draw(random);
            try {
                Cron.of(drawn.text());
                expressions.add(drawn);
            } catch (InvalidCronException e) {
                assertThat(e.getMessage()).contains("never fires");
                assertThat(LocalDate.EPOCH.datesUntil(LocalDate.EPOCH.plusYears(30)))
                        .as(drawn.text())
                        .noneMatch(drawn::matches);
            }
        }
        return expressions;
    }

    private static Iterable<ScannedWindow> windows(ZoneRules rules, int fromYear, Random random) {
        long end = second(fromYear + YEARS);
        int year = fromYear + random.nextInt(YEARS);
        List<long[]> bounds = new ArrayList<>();
        bounds.add(new long[] {second(year), second(year + 1)});
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(second(fromYear)));
        while (change != null && change.toEpochSecond() < end) {
            bounds.add(new long[] {change.toEpochSecond() - AROUND, change.toEpochSecond() + AROUND});
            change = rules.nextTransition(change.getInstant());
        }
        return () -> bounds.stream()
                .map(bound -> new ScannedWindow(rules, bound[0], bound[1]))
                .iterator();
    }

    private static long second(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    private static void check(Cron cron, ScannedWindow window, long[] expected, Random random) {
        Instant before = Instant.ofEpochSecond(window.start() - 1);
        Instant last = Instant.ofEpochSecond(window.end() - 1);
        Instant at = before;
        for (long fire : expected) {
            Instant next = cron.next(at).orElseThrow();
            if (next.getEpochSecond() != fire) {
                throw new AssertionError(
                        cron + " after " + at + ": " + next + ", expected " + Instant.ofEpochSecond(fire));
            }
            at = next;
        }
        assertThat(cron.next(at).orElseThrow()).as("%s after %s", cron, at).isAfter(last);
        assertThat(cron.count(before, last)).as("%s from %s", cron, before).isEqualTo(expected.length);
        assertThat(cron.latest(3, before, last))
                .as("%s until %s", cron, last)
                .isEqualTo(IntStream.range(Math.max(0, expected.length - 3), expected.length)
                        .mapToObj(i -> Instant.ofEpochSecond(expected[i]))
                        .toList());
        Instant drawn = before.plusSeconds(random.nextInt((int) (window.end() - window.start())));
        long left = LongStream.of(expected)
                .filter(fire -> fire > drawn.getEpochSecond())
                .count();
        assertThat(cron.count(drawn, last)).as("%s from %s", cron, drawn).isEqualTo(left);
        assertThat(cron.next(drawn).orElseThrow())
                .as("%s after %s", cron, drawn)
                .isEqualTo(
                        left == 0
                                ? cron.next(at).orElseThrow()
                                : Instant.ofEpochSecond(expected[expected.length - (int) left]));
    }
}
