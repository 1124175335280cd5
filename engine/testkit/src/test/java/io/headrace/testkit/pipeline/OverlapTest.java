package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.Cron;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A schedule that is due while its last job still runs. */
class OverlapTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Fires fires;

    @BeforeEach
    void open() {
        fires = new Fires(mill);
    }

    /** One that fires every minute, and jobs that take so long. */
    private void start(Overlap overlap, Duration length) {
        mill.start(e -> fires.grinding(length)
                .apply(e)
                .schedule(Schedule.of("mill", Cron.of("* * * * *"), GRIND.job("rye"))
                        .overlap(overlap)));
    }

    private List<FireOutcome> outcomes() {
        return fires.history("mill").stream().map(FireSnapshot::outcome).toList();
    }

    @Test
    void allowRunsThemSideBySide() {
        start(Overlap.ALLOW, ofSeconds(150));

        mill.pass(ofMinutes(5).plusSeconds(1));

        assertThat(fires.begun).hasSize(5);
        assertThat(fires.mostRunning).isEqualTo(3);
    }

    @Test
    void skipRunsOneAndRecordsWhatItLeftOut() {
        start(Overlap.SKIP, ofSeconds(150));

        mill.pass(ofMinutes(8).plusSeconds(1));

        assertThat(fires.begun).containsExactly("rye PT1M", "rye PT4M", "rye PT7M");
        assertThat(fires.mostRunning).isEqualTo(1);
        assertThat(outcomes())
                .hasSize(8)
                .filteredOn(outcome -> outcome == FireOutcome.SKIPPED)
                .hasSize(5);
    }

    @Test
    void queueOneRunsTheNextWhenTheOtherHasEnded() {
        start(Overlap.QUEUE_ONE, ofSeconds(150));

        mill.pass(ofMinutes(3).plusSeconds(20));
        assertThat(outcomes()).containsExactly(FireOutcome.SKIPPED, FireOutcome.WAITING, FireOutcome.ENQUEUED);
        assertThat(fires.find("mill").isWaiting()).isTrue();
        mill.pass(ofSeconds(12));

        assertThat(fires.begun).containsExactly("rye PT1M", "rye PT2M");
        assertThat(fires.mostRunning).isEqualTo(1);
        assertThat(fires.find("mill").isWaiting()).isFalse();
    }

    @Test
    void cancelRunningStopsTheOtherFirst() {
        start(Overlap.CANCEL_RUNNING, ofMinutes(10));

        mill.pass(ofMinutes(2).plusSeconds(20));

        assertThat(fires.begun).containsExactly("rye PT1M", "rye PT2M");
        assertThat(fires.cancelled).isEqualTo(1);
        assertThat(fires.mostRunning).isEqualTo(1);
    }

    @Test
    void aFailedJobDoesNotHoldItsScheduleUp() {
        mill.start(e -> e.subscribe(io.headrace.JobHandler.<String>of(
                                GRIND, job -> reactor.core.publisher.Mono.error(new IllegalStateException("stones")))
                        .retry(io.headrace.RetryPolicy.never()))
                .schedule(Schedule.of("mill", Cron.of("* * * * *"), GRIND.job("rye"))
                        .overlap(Overlap.SKIP)));

        mill.pass(ofMinutes(3).plusSeconds(1));

        assertThat(outcomes()).containsExactly(FireOutcome.ENQUEUED, FireOutcome.ENQUEUED, FireOutcome.ENQUEUED);
    }

    @Test
    void aRunByHandThatWaitsBeginsWhenTheOtherHasEnded() {
        runTwiceByHand(Overlap.QUEUE_ONE, ofSeconds(20));

        mill.pass(ofSeconds(22));

        assertThat(outcomes()).containsExactly(FireOutcome.ENQUEUED, FireOutcome.ENQUEUED);
        assertThat(fires.mostRunning).isEqualTo(1);
    }

    @Test
    void aRunByHandThatCancelsBeginsASecondLater() {
        runTwiceByHand(Overlap.CANCEL_RUNNING, ofMinutes(10));

        mill.pass(ofSeconds(2));

        assertThat(outcomes()).containsExactly(FireOutcome.ENQUEUED, FireOutcome.ENQUEUED);
    }

    /** Long before the next instant, while the engine sleeps. */
    private void runTwiceByHand(Overlap overlap, Duration length) {
        mill.start(fires.grinding(length));
        fires.answer(fires.desk()
                .save(Schedule.of("mill", Cron.of("0 0 1 1 *"), GRIND.job("rye"))
                        .overlap(overlap)));
        fires.answer(fires.desk().runNow("mill"));
        mill.pass(ofSeconds(1));
        fires.answer(fires.desk().runNow("mill"));
        assertThat(outcomes()).containsExactly(FireOutcome.WAITING, FireOutcome.ENQUEUED);
    }
}
