package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    private static final int NEAR = 4 * 3_600;

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
            same(fire, next.getEpochSecond(), cron, at);
            at = next;
        }
        assertThat(cron.latest(3, before, last))
                .as("%s until %s", cron, last)
                .isEqualTo(IntStream.range(Math.max(0, expected.length - 3), expected.length)
                        .mapToObj(i -> Instant.ofEpochSecond(expected[i]))
                        .toList());
        checkFrom(before, cron, window, expected);
        checkFrom(at, cron, window, expected);
        checkFrom(drawn(window, random, (int) (window.end() - window.start())), cron, window, expected);
        checkFrom(drawn(window, random, NEAR), cron, window, expected);
    }

    /** At random, up to so many seconds around the middle, which is where the clocks are changed. */
    private static Instant drawn(ScannedWindow window, Random random, int within) {
        long middle = (window.start() + window.end()) / 2;
        return Instant.ofEpochSecond(middle - within / 2 + random.nextInt(within));
    }

    /** Asked from any instant, such as one in the second pass of an hour, it never goes back and leaves nothing out. */
    private static void checkFrom(Instant from, Cron cron, ScannedWindow window, long[] expected) {
        int found = Arrays.binarySearch(expected, from.getEpochSecond());
        int first = found < 0 ? -found - 1 : found + 1;
        same(expected.length - first, cron.count(from, Instant.ofEpochSecond(window.end() - 1)), cron, from);
        long next = cron.next(from).orElseThrow().getEpochSecond();
        same(first < expected.length ? expected[first] : Math.max(next, window.end()), next, cron, from);
    }

    /** As an assertion would, but tens of millions of times. */
    private static void same(long expected, long actual, Cron cron, Instant after) {
        if (actual != expected) {
            throw new AssertionError(cron + " after " + after + ": " + actual + ", expected " + expected);
        }
    }
}
