package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether the last job of a schedule has not ended, in each state that a job can be in. The job has a unique key, as the
 * engine gives it, in one schedule, and none in another.
 */
abstract class ScheduleBusyContract extends ScheduleSuite {

    private static final String KEYED = "keyed";
    private static final String PLAIN = "plain";

    private JobId keyedJob = new JobId(0);
    private JobId plainJob = new JobId(0);

    @BeforeEach
    void fireBoth() {
        keyedJob = fired(written(hourly(KEYED, Overlap.SKIP)), "hourly/0");
        plainJob = fired(written(hourly(PLAIN, Overlap.CANCEL_RUNNING)), null);
    }

    private JobId fired(StoredSchedule schedule, @Nullable String key) {
        ShotJob job = new ShotJob(QUEUE, KIND, 4, null, null, null, key);
        return jobAt(fireOne(firing(schedule, shot(hour(0), job))), hour(0));
    }

    private void assertBusy(boolean expected) {
        passTime(Duration.ofHours(2));
        assertThat(look(KEYED, PLAIN)).hasSize(2).allMatch(one -> one.history().isBusy() == expected);
        assertThat(page("", 10)).hasSize(2).allMatch(one -> one.history().isBusy() == expected);
        assertThat(await(schedules().due(Set.of(), 10)).schedules())
                .hasSize(2)
                .allMatch(one -> one.history().isBusy() == expected);
    }

    private void settleBoth(Function<ClaimedJob, Settlement> outcome) {
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        assertThat(idsOf(claimed)).containsExactlyInAnyOrder(keyedJob, plainJob);
        settle(worker, Outcomes.all(claimed, outcome));
    }

    @Test
    void aScheduleThatNeverFiredIsNotBusy() {
        assertThat(written(hourly(NAME, Overlap.SKIP)).history().isBusy()).isFalse();
    }

    @Test
    void itIsBusyWhileItsJobIsPending() {
        assertBusy(true);
    }

    @Test
    void itIsBusyWhileItsJobIsLeased() {
        assertThat(claimAll(worker())).hasSize(2);

        assertBusy(true);
    }

    @Test
    void itIsBusyUntilARetryOfItsJob() {
        settleBoth(job -> retried(job, Duration.ofDays(3)));

        assertBusy(true);
    }

    @Test
    void itIsBusyWhileItsJobIsSnoozed() {
        settleBoth(job -> snoozed(job, Duration.ofDays(3)));

        assertBusy(true);
    }

    @Test
    void itIsBusyWhenItsJobWasHandedBack() {
        settleBoth(Outcomes::released);

        assertBusy(true);
    }

    @Test
    void itIsNotBusyWhenItsJobHasCompleted() {
        settleBoth(Outcomes::completed);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobHasFailed() {
        settleBoth(Outcomes::failed);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobCancelledItself() {
        settleBoth(Outcomes::cancelled);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobWasCancelled() {
        assertThat(cancel(keyedJob)).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(cancel(plainJob)).isEqualTo(CancelAnswer.CANCELLED);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobWasCancelledWhileItRan() {
        assertThat(claimAll(worker())).hasSize(2);
        assertThat(cancel(keyedJob)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        assertThat(cancel(plainJob)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertBusy(false);
    }

    @Test
    void itIsBusyAgainWhenItsFailedJobIsRetried() {
        settleBoth(Outcomes::failed);
        assertThat(retry(FailedJobs.byId(List.of(keyedJob, plainJob))).retried())
                .isEqualTo(2);

        assertBusy(true);
    }

    @Test
    void itIsNotBusyWhenItsFailedJobIsDiscarded() {
        settleBoth(Outcomes::failed);
        assertThat(discard(FailedJobs.ofKind(KIND)).discarded()).isEqualTo(2);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobIsPruned() {
        settleBoth(Outcomes::failed);
        passTime(Duration.ofDays(15));
        assertThat(await(store().decisions().prune(Duration.ofDays(14)))).isEqualTo(2);

        assertBusy(false);
    }

    @Test
    void onlyItsLastJobCounts() {
        settleBoth(Outcomes::completed);
        givenFire(KEYED, hour(1));
        givenFire(PLAIN, hour(1));

        assertBusy(true);
    }

    @Test
    void aFireWithoutAJobLeavesTheLastOneAsItIs() {
        given(firing(schedule(KEYED), shot(hour(1), FireOutcome.SKIPPED)));
        given(firing(schedule(PLAIN), shot(hour(1), FireOutcome.FAILED)));

        assertBusy(true);
    }

    @Test
    void aBackfillDoesNotMakeItBusy() {
        settleBoth(Outcomes::completed);
        given(backfill(KEYED, backfilled(hour(-1))));
        given(backfill(PLAIN, backfilled(hour(-1))));

        assertBusy(false);
    }

    @Test
    void aScheduleThatMayOverlapIsNeverBusyUntilThatChanges() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        StoredSchedule overlaps = schedule(NAME);
        assertThat(overlaps.history().isBusy()).isFalse();

        StoredSchedule skips =
                written(overlaps.withTerms(terms(Overlap.SKIP, overlaps.terms().job())));

        assertThat(skips.history().isBusy()).isTrue();
    }
}
