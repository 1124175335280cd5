package io.headrace.engine.schedule;

import static io.headrace.engine.schedule.Rows.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Once;
import io.headrace.schedule.Timetable;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fires when a look comes late: by seconds all of it, by more what the misfire policy says. */
class DueInstantsTest {

    private static final Cron HOURLY = Cron.of("0 * * * *");
    private static final Timetable EVERY_SECOND =
            Every.of(Duration.ofSeconds(1)).from(START);

    private static DueInstants due(Timetable timetable, int misfire, Instant dueAt, Instant now) {
        return DueInstants.of(Rows.row(timetable, misfire, Duration.ZERO, dueAt), timetable, now);
    }

    @Test
    void nothingFiresBeforeItsTime() {
        DueInstants due = due(HOURLY, 1, START, START.minusNanos(1));

        assertThat(due).isEqualTo(new DueInstants(List.of(), 0, START));
    }

    @Test
    void anInstantFiresAtItsTime() {
        DueInstants due = due(HOURLY, 1, START, START);

        assertThat(due).isEqualTo(new DueInstants(List.of(START), 0, START.plusSeconds(3600)));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "100"})
    void instantsThatAreLateBySecondsAllFireWhateverThePolicy(int misfire) {
        DueInstants due = due(EVERY_SECOND, misfire, START, START.plusSeconds(10));

        assertThat(due.instants()).hasSize(11).startsWith(START).endsWith(START.plusSeconds(10));
        assertThat(due.passedOver()).isZero();
        assertThat(due.next()).isEqualTo(START.plusSeconds(11));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 745", "1, 1, 744", "100, 100, 645", "1000, 745, 0"})
    void ofAMonthThatWasMissedThePolicyFiresTheLatest(int misfire, int fires, long passedOver) {
        Instant now = Instant.parse("2026-02-01T00:30:00Z");

        DueInstants due = due(HOURLY, misfire, START, now);

        assertThat(due.instants()).hasSize(fires);
        assertThat(due.passedOver()).isEqualTo(passedOver);
        assertThat(due.next()).isEqualTo(Instant.parse("2026-02-01T01:00:00Z"));
        if (fires > 0) {
            assertThat(due.instants().get(fires - 1)).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
            assertThat(due.instants()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aYearOfSecondsIsCountedAtOnce() {
        Instant now = START.plus(Duration.ofDays(365));

        DueInstants due = due(Cron.of("* * * * * *"), 1, START, now);

        assertThat(due.instants()).containsExactly(now);
        assertThat(due.passedOver()).isEqualTo(365L * 86_400);
    }

    @Test
    void aSingleInstantIsFollowedByNone() {
        DueInstants due = due(Once.at(START), 1, START, START.plusSeconds(86_400));

        assertThat(due).isEqualTo(new DueInstants(List.of(START), 0, null));
    }

    @Test
    void jitterDelaysAnInstantAndDependsOnNothingElse() {
        Duration jitter = Duration.ofMinutes(10);
        StoredSchedule row = Rows.row(HOURLY, 1, jitter, START);
        Instant fires = Timetables.withJitter(row, START);

        assertThat(fires).isBetween(START, START.plus(jitter)).isNotEqualTo(START);
        assertThat(Timetables.withJitter(row, START)).isEqualTo(fires);
        assertThat(DueInstants.of(row, HOURLY, fires.minusMillis(1)).instants()).isEmpty();
        assertThat(DueInstants.of(row, HOURLY, fires).instants()).containsExactly(START);
    }

    @Test
    void jitterIsSpreadOverItsLength() {
        StoredSchedule row = Rows.row(HOURLY, 1, Duration.ofMillis(999), START);
        int[] tenths = new int[10];
        for (int hour = 0; hour < 10_000; hour++) {
            Instant at = START.plus(Duration.ofHours(hour));
            tenths[(int) Duration.between(at, Timetables.withJitter(row, at)).toMillis() / 100]++;
        }

        assertThat(IntStream.of(tenths).boxed())
                .allSatisfy(many -> assertThat(many).isBetween(800, 1_200));
    }
}
