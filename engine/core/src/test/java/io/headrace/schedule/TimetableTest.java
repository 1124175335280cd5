package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    static Stream<Timetable> timetables() {
        return Stream.of(
                Cron.of("0 3 * * *", BERLIN),
                Cron.of("*/7 */5 1-7 * mon", BERLIN),
                Cron.of("@daily"),
                Cron.of("H H * * *", BERLIN),
                Cron.of("H H * * *", BERLIN).named("x"),
                Every.of(Duration.ofMinutes(5)),
                Every.of(Duration.ofMillis(1_001)).from(START.plusMillis(123)),
                Every.of(Duration.ofDays(3_650)).from(Instant.parse("1969-06-01T00:00:00.999Z")),
                Once.at(START.plusMillis(5)),
                Once.at(Instant.parse("0001-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @MethodSource("timetables")
    void itsTextCanBeRead(Timetable timetable) {
        Timetable read = Timetable.parse(timetable.text(), timetable.zone());
        assertThat(read).isEqualTo(timetable).hasSameHashCodeAs(timetable);
        assertThat(read.text()).isEqualTo(timetable.text());
        assertThat(read.describe()).isEqualTo(timetable.describe());
    }

    @Test
    void textsAreAsTheyAreDocumented() {
        assertThat(timetables().map(Timetable::text))
                .startsWith("cron 0 3 * * *", "cron */7 */5 1-7 * MON", "cron @daily", "cron H H * * *")
                .endsWith(
                        "every PT5M",
                        "every PT1.001S from 2026-01-01T00:00:00.123Z",
                        "every PT87600H from 1969-06-01T00:00:00.999Z",
                        "once 2026-01-01T00:00:00.005Z",
                        "once 0001-01-01T00:00:00Z");
        assertThat(timetables().skip(5)).allMatch(timetable -> timetable.zone().equals(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "0 3 * * *",
                "every",
                "every 5m",
                "every PT5M from",
                "every PT5M from x",
                "once",
                "once tomorrow",
                "once +1000000-01-01T00:00:00Z\n",
                "CRON 0 3 * * *"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Timetable.parse(text, ZoneOffset.UTC))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("timetable: ")
                .hasMessageContaining("expected 'cron 0 3 * * *', 'every PT5M' or 'once 2026-01-31T03:00:00Z'");
    }

    @Test
    void longTextIsCut() {
        assertThatThrownBy(() -> Timetable.parse("every PT" + "9".repeat(10_000) + "S", ZoneOffset.UTC))
                .isInstanceOf(InvalidSettingException.class)
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
    }

    @Test
    void aPeriodHasBounds() {
        for (Duration period : List.of(
                Duration.ZERO,
                Duration.ofSeconds(-5),
                Duration.ofMillis(999),
                Duration.ofDays(3_650).plusMillis(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> Every.of(period))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage("period: " + period + " is outside 1 second to 3650 days");
        }
        assertThatThrownBy(() -> Every.of(Duration.ofSeconds(1, 1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("period: PT1.000000001S is not a whole number of milliseconds");
        assertThatThrownBy(() -> Once.at(Instant.MAX)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> Every.of(Duration.ofHours(1)).from(Instant.MIN))
                .isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void aPeriodWithoutAStartBeginsWhereItIsAsked() {
        Every every = Every.of(Duration.ofMinutes(5));
        assertThat(every.next(START.plusNanos(7_654_321))).contains(START.plusMillis(300_007));
        assertThat(every.count(START, START.plusSeconds(899))).isEqualTo(2);
        assertThat(every.latest(1, START, START.plusSeconds(899))).containsExactly(START.plusSeconds(600));
    }

    @Test
    void aGridIsTheSameForEverybodyWhoAsks() {
        Every every = Every.of(Duration.ofMinutes(5)).from(START);
        assertThat(every.next(START)).contains(START.plusSeconds(300));
        assertThat(every.next(START.minusNanos(1))).contains(START);
        assertThat(every.next(START.plusSeconds(299))).contains(START.plusSeconds(300));
        assertThat(every.next(START.minusSeconds(301))).contains(START.minusSeconds(300));
        assertThat(every.named("x")).isSameAs(every);
        assertThat(every.start()).contains(START);
        assertThat(every.period()).isEqualTo(Duration.ofMinutes(5));
    }

    /** The same for all: what is counted and what is latest is what a walk from one to the next meets. */
    @Test
    void countAndLatestAgreeWithAWalk() {
        Random random = new Random(13);
        List<Timetable> all =
                timetables().map(timetable -> timetable.named("x")).toList();
        for (int i = 0; i < 2_000; i++) {
            Timetable timetable = all.get(random.nextInt(all.size()));
            Instant after =
                    START.plusMillis(random.nextInt(20_000_000) - 10_000_000).plusNanos(random.nextInt(3));
            Instant until =
                    after.plusMillis(random.nextInt(40_000_000) - 100_000).plusNanos(random.nextInt(3));
            List<Instant> walked = Stream.iterate(
                            timetable.next(after),
                            next -> next.isPresent() && !next.orElseThrow().isAfter(until),
                            next -> timetable.next(next.orElseThrow()))
                    .map(java.util.Optional::orElseThrow)
                    .toList();
            int n = random.nextInt(5);
            assertThat(timetable.count(after, until))
                    .as("%s after %s until %s", timetable, after, until)
                    .isEqualTo(walked.size());
            assertThat(timetable.latest(n, after, until))
                    .as("%s after %s until %s", timetable, after, until)
                    .isEqualTo(walked.subList(Math.max(0, walked.size() - n), walked.size()));
        }
    }

    @Test
    void whatIsLargeIsCountedAndNotWalked() {
        Instant month = START.plus(Duration.ofDays(31));
        assertThat(Cron.of("* * * * * *", BERLIN).count(START, month)).isEqualTo(2_678_400);
        assertThat(Cron.of("* * * * * *", BERLIN).count(Instant.MIN, Instant.MAX))
                .isEqualTo(
                        Duration.between(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("+10000-01-01T00:00:00Z"))
                                .toSeconds());
        assertThat(Cron.of("* * * * * *", BERLIN).latest(2, Instant.MIN, month))
                .containsExactly(month.minusSeconds(1), month);
        assertThat(Every.of(Duration.ofSeconds(1)).from(START).count(START, month))
                .isEqualTo(2_678_400);
        assertThat(Every.of(Duration.ofSeconds(1)).from(START).latest(1, Instant.MIN, month))
                .containsExactly(month);
    }

    @Test
    void onceIsOnce() {
        Once once = Once.at(START.plusNanos(999_999));
        assertThat(once.at()).isEqualTo(START);
        assertThat(once.next(START.minusNanos(1))).contains(START);
        assertThat(once.next(START)).isEmpty();
        assertThat(once.count(START, START.plusSeconds(1))).isZero();
        assertThat(once.latest(5, START.minusSeconds(1), START)).containsExactly(START);
        assertThat(once.latest(0, START.minusSeconds(1), START)).isEmpty();
    }

    @Test
    void theyAreDescribed() {
        assertThat(Every.of(Duration.ofMinutes(5)).describe()).isEqualTo("Every 5 minutes");
        assertThat(Every.of(Duration.ofHours(1)).describe()).isEqualTo("Every hour");
        assertThat(Every.of(Duration.ofMinutes(90)).describe()).isEqualTo("Every 1 hour 30 minutes");
        assertThat(Every.of(Duration.ofMillis(86_401_500)).describe())
                .isEqualTo("Every 1 day 1 second 500 milliseconds");
        assertThat(Once.at(START).describe()).isEqualTo("Once, at 2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("timetables")
    void aNegativeNumberIsRefused(Timetable timetable) {
        assertThatThrownBy(() -> timetable.named("x").latest(-1, START, START))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
