package io.headrace.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.operate.Forecast;
import io.headrace.operate.Outlook;
import io.headrace.spi.LiveReading;
import io.headrace.spi.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueTrendTest {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final QueueTrend trend = new QueueTrend();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Forecast read(long due) {
        return read(due, 0, 0, false);
    }

    private Forecast read(long due, long leased, double completedPerSecond, boolean isPaused) {
        now = now.plus(PAUSE);
        QueueDepth depth = new QueueDepth("mill", due, 1_000_000, Duration.ofMinutes(1), leased, 0, false);
        return trend.after(now, new LiveReading.Queue(depth, isPaused, completedPerSecond, 0, 0));
    }

    private List<Forecast> readAll(int times, IntToLongFunction due) {
        List<Forecast> forecasts = new ArrayList<>();
        IntStream.range(0, times).forEach(n -> forecasts.add(read(due.applyAsLong(n))));
        return forecasts;
    }

    private static Forecast emptyIn(long seconds) {
        return Forecast.emptyIn(Duration.ofSeconds(seconds));
    }

    @Test
    void aQueueWithoutDueJobsIsEmptyHoweverManyAreScheduled() {
        assertThat(read(0)).isEqualTo(Forecast.of(Outlook.EMPTY));
    }

    @Test
    void aPausedQueueIsPausedAndItsPastForgotten() {
        readAll(5, n -> 1000 - 100L * n);

        assertThat(read(500, 0, 0, true)).isEqualTo(Forecast.of(Outlook.PAUSED));
        assertThat(read(500)).isEqualTo(Forecast.of(Outlook.UNKNOWN));
    }

    @Test
    void twoReadingsAreTooFew() {
        assertThat(readAll(3, n -> 1000 - 100L * n))
                .containsExactly(Forecast.of(Outlook.UNKNOWN), Forecast.of(Outlook.UNKNOWN), emptyIn(16));
    }

    @Test
    void aQueueThatDrainsEvenlyCountsDown() {
        assertThat(readAll(20, n -> 10_000 - 200L * n).subList(2, 20))
                .isEqualTo(IntStream.range(2, 20)
                        .mapToObj(n -> emptyIn(100 - 2 * n))
                        .toList());
    }

    @Test
    void aQueueThatGrowsOrStandsStillIsNeverEmpty() {
        assertThat(readAll(10, n -> 10_000 + 10L * n).subList(2, 10)).containsOnly(Forecast.of(Outlook.NEVER));
        assertThat(readAll(10, n -> 10_090).subList(9, 10)).containsOnly(Forecast.of(Outlook.NEVER));
    }

    @Test
    void jobsThatAreClaimedAheadHaveNotLeft() {
        assertThat(read(1000, 0, 0, false).outlook()).isEqualTo(Outlook.UNKNOWN);
        assertThat(read(900, 100, 0, false).outlook()).isEqualTo(Outlook.UNKNOWN);
        assertThat(read(800, 200, 0, false).outlook()).isEqualTo(Outlook.NEVER);
    }

    @Test
    void whatEndsWithinSecondsIsNoBacklog() {
        SplittableRandom random = new SplittableRandom(1);

        assertThat(IntStream.range(0, 30)
                        .mapToObj(n -> read(random.nextInt(1, 300), 10, 100, false))
                        .skip(2))
                .allSatisfy(forecast -> {
                    assertThat(forecast.outlook()).isEqualTo(Outlook.EMPTY_IN);
                    assertThat(forecast.in()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
                });
    }

    @Test
    void estimatesThatScatterDoNotMakeItFlicker() {
        SplittableRandom random = new SplittableRandom(2);

        List<Forecast> forecasts = readAll(60, n -> 1_000_000 - 10_000L * n + random.nextInt(-4_000, 4_000));

        // The true time is due / 5,000 a second; a window of twenty seconds drains a hundred thousand.
        List<Forecast> later = forecasts.subList(10, 60);
        assertThat(later).extracting(Forecast::outlook).containsOnly(Outlook.EMPTY_IN);
        for (int n = 10; n < 60; n++) {
            long truth = (1_000_000 - 10_000L * n) / 5_000;
            assertThat(forecasts.get(n).in().toSeconds()).isBetween(truth * 85 / 100, truth * 115 / 100);
        }
    }

    @Test
    void scatterAroundNothingIsNoDrain() {
        SplittableRandom random = new SplittableRandom(3);

        List<Forecast> forecasts = readAll(200, n -> 1_000_000 + random.nextInt(-10_000, 10_000));

        long changes = IntStream.range(3, forecasts.size())
                .filter(n -> forecasts.get(n).outlook() != forecasts.get(n - 1).outlook())
                .count();
        assertThat(forecasts.stream()
                        .filter(forecast -> forecast.outlook() == Outlook.NEVER)
                        .count())
                .isGreaterThan(120);
        assertThat(changes).isLessThan(25);
    }

    @Test
    void oneReadingThatContradictsDoesNotChangeTheOutlook() {
        readAll(3, n -> 1000 - 100L * n);
        assertThat(read(700)).isEqualTo(emptyIn(14));

        // An enqueue of some hundred turns the line; it takes another reading to believe it.
        assertThat(read(1500)).isEqualTo(emptyIn(12));
        assertThat(read(1600)).isEqualTo(Forecast.of(Outlook.NEVER));
    }

    @Test
    void aBurstIntoAnEmptyQueueIsForecastFromItself() {
        readAll(10, n -> 0);

        List<Forecast> forecasts = readAll(3, n -> 100_000 - 10_000L * n);

        assertThat(forecasts.get(2)).isEqualTo(emptyIn(16));
    }

    @Test
    void afterAGapThePastIsForgotten() {
        readAll(5, n -> 1000 - 100L * n);
        now = now.plusSeconds(60);

        assertThat(read(5_000)).isEqualTo(Forecast.of(Outlook.UNKNOWN));
    }

    @Test
    void aClockThatIsSetBackForgetsThePast() {
        readAll(5, n -> 1000 - 100L * n);
        now = now.minusSeconds(60);

        assertThat(read(500)).isEqualTo(Forecast.of(Outlook.UNKNOWN));
    }

    @Test
    void fartherThanAMonthIsNever() {
        assertThat(readAll(5, n -> 1_000_000_000_000L - 10L * n).get(4)).isEqualTo(Forecast.of(Outlook.NEVER));
    }
}
