package io.headrace.engine.schedule;

import static io.headrace.engine.schedule.Rows.START;
import static io.headrace.schedule.FireOutcome.ENQUEUED;
import static io.headrace.schedule.FireOutcome.SKIPPED;
import static io.headrace.schedule.FireOutcome.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.spi.StoredSchedule.Waiting;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of fires while the job of the last one runs or waits. */
class OutcomesTest {

    private static final @Nullable Waiting NOBODY = null;
    private static final Waiting EARLIER = fire(-1);

    private static Waiting fire(int second) {
        return new Waiting(START.plusSeconds(second), FireCause.DUE);
    }

    private static List<Waiting> fires(int n) {
        return IntStream.range(0, n).mapToObj(OutcomesTest::fire).toList();
    }

    private static List<FireOutcome> of(Outcomes outcomes) {
        return outcomes.fires().stream().map(Outcomes.Decided::outcome).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allowEnqueuesAll(boolean isBusy) {
        Outcomes outcomes = Outcomes.of(Overlap.ALLOW, isBusy, NOBODY, fires(3));

        assertThat(of(outcomes)).containsExactly(ENQUEUED, ENQUEUED, ENQUEUED);
        assertThat(outcomes.waiting()).isNull();
    }

    @Test
    void aFireThatWaitsForAnEngineIsNoneThatWaitsForTheOtherJob() {
        assertThat(of(Outcomes.of(Overlap.ALLOW, true, EARLIER, fires(1)))).containsExactly(ENQUEUED, ENQUEUED);
        assertThat(of(Outcomes.of(Overlap.SKIP, false, EARLIER, fires(1)))).containsExactly(ENQUEUED, SKIPPED);
        assertThat(of(Outcomes.of(Overlap.SKIP, true, EARLIER, List.of()))).containsExactly(SKIPPED);
    }

    @Test
    void skipEnqueuesOneIfNothingRuns() {
        assertThat(of(Outcomes.of(Overlap.SKIP, false, NOBODY, fires(3)))).containsExactly(ENQUEUED, SKIPPED, SKIPPED);
        assertThat(of(Outcomes.of(Overlap.SKIP, true, NOBODY, fires(2)))).containsExactly(SKIPPED, SKIPPED);
        assertThat(of(Outcomes.of(Overlap.SKIP, false, NOBODY, List.of()))).isEmpty();
    }

    @Test
    void queueOneKeepsTheFirstThatComes() {
        Outcomes outcomes = Outcomes.of(Overlap.QUEUE_ONE, true, NOBODY, fires(3));

        assertThat(of(outcomes)).containsExactly(WAITING, SKIPPED, SKIPPED);
        assertThat(outcomes.waiting()).isEqualTo(fire(0));
    }

    @Test
    void queueOneRunsOneAndKeepsTheNext() {
        Outcomes outcomes = Outcomes.of(Overlap.QUEUE_ONE, false, NOBODY, fires(3));

        assertThat(of(outcomes)).containsExactly(ENQUEUED, WAITING, SKIPPED);
        assertThat(outcomes.waiting()).isEqualTo(fire(1));
    }

    @Test
    void queueOneEnqueuesTheOneThatWaitedBeforeThoseThatAreDue() {
        Outcomes outcomes = Outcomes.of(Overlap.QUEUE_ONE, false, EARLIER, fires(1));

        assertThat(outcomes.fires())
                .containsExactly(
                        new Outcomes.Decided(EARLIER.at(), FireCause.DUE, ENQUEUED),
                        new Outcomes.Decided(START, FireCause.DUE, WAITING));
        assertThat(outcomes.waiting()).isEqualTo(fire(0));
    }

    @Test
    void queueOneGoesOnWaitingWhileTheOtherRuns() {
        Outcomes outcomes = Outcomes.of(Overlap.QUEUE_ONE, true, EARLIER, List.of());

        assertThat(outcomes).isEqualTo(new Outcomes(List.of(), EARLIER, false));
    }

    @Test
    void cancelRunningCancelsAndKeepsTheLatest() {
        Outcomes outcomes = Outcomes.of(Overlap.CANCEL_RUNNING, true, EARLIER, fires(2));

        assertThat(of(outcomes)).containsExactly(SKIPPED, SKIPPED, WAITING);
        assertThat(outcomes.waiting()).isEqualTo(fire(1));
        assertThat(outcomes.cancels()).isTrue();
    }

    @Test
    void cancelRunningDoesNotRecordAWaitTwice() {
        assertThat(Outcomes.of(Overlap.CANCEL_RUNNING, true, EARLIER, List.of()))
                .isEqualTo(new Outcomes(List.of(), EARLIER, true));
    }

    @Test
    void cancelRunningEnqueuesTheLatestOnceNothingRuns() {
        Outcomes outcomes = Outcomes.of(Overlap.CANCEL_RUNNING, false, EARLIER, fires(1));

        assertThat(of(outcomes)).containsExactly(SKIPPED, ENQUEUED);
        assertThat(outcomes.waiting()).isNull();
        assertThat(outcomes.cancels()).isFalse();
        assertThat(of(Outcomes.of(Overlap.CANCEL_RUNNING, false, EARLIER, List.of())))
                .containsExactly(ENQUEUED);
    }
}
