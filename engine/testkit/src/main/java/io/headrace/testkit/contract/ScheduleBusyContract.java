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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the last job of a schedule has not ended, in each state that a job can be in. */
abstract class ScheduleBusyContract extends ScheduleSuite {

    private JobId job = new JobId(0);

    @BeforeEach
    void fireOnce() {
        given(hourly(NAME, Overlap.SKIP));
        job = fired(NAME, "hourly/0");
    }

    /** @param key which the engine gives to the jobs of a schedule that must not overlap */
    private JobId fired(String name, @Nullable String key) {
        StoredSchedule schedule = schedule(name);
        Instant at = Objects.requireNonNull(schedule.times().dueAt());
        return jobAt(fireOne(firing(schedule, shot(at, new ShotJob(QUEUE, KIND, 4, null, null, null, key)))), at);
    }

    private void assertBusy(boolean expected) {
        passTime(Duration.ofHours(9));
        assertThat(schedule(NAME).history().isBusy()).as("found by name").isEqualTo(expected);
        assertThat(page("", 10))
                .as("listed")
                .hasSize(1)
                .allMatch(one -> one.history().isBusy() == expected);
        assertThat(await(schedules().due(Set.of(), 10, Duration.ZERO)).schedules())
                .as("due")
                .hasSize(1)
                .allMatch(one -> one.history().isBusy() == expected);
    }

    private void settle(Function<ClaimedJob, Settlement> outcome) {
        long worker = worker();
        ClaimedJob claimed = claimOne(worker);
        assertThat(claimed.id()).isEqualTo(job.value());
        settle(worker, outcome.apply(claimed));
    }

    @Test
    void aScheduleThatNeverFiredIsNotBusy() {
        assertThat(written(hourly("new", Overlap.SKIP)).history().isBusy()).isFalse();
    }

    @Test
    void itIsBusyWhileItsJobIsPending() {
        assertBusy(true);
    }

    @Test
    void itIsBusyWhileItsJobIsLeased() {
        assertThat(claimAll(worker())).hasSize(1);

        assertBusy(true);
    }

    @Test
    void itIsBusyUntilARetryOfItsJob() {
        settle(claimed -> retried(claimed, Duration.ofDays(3)));

        assertBusy(true);
    }

    @Test
    void itIsBusyWhileItsJobIsSnoozed() {
        settle(claimed -> snoozed(claimed, Duration.ofDays(3)));

        assertBusy(true);
    }

    @Test
    void itIsBusyWhenItsJobWasHandedBack() {
        settle(Outcomes::released);

        assertBusy(true);
    }

    @Test
    void itIsNotBusyWhenItsJobHasCompleted() {
        settle(Outcomes::completed);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobHasFailed() {
        settle(Outcomes::failed);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobCancelledItself() {
        settle(Outcomes::cancelled);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobWasCancelled() {
        assertThat(cancel(job)).isEqualTo(CancelAnswer.CANCELLED);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobWasCancelledWhileItRan() {
        assertThat(claimAll(worker())).hasSize(1);
        assertThat(cancel(job)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertBusy(false);
    }

    @Test
    void itIsBusyAgainWhenItsFailedJobIsRetried() {
        settle(Outcomes::failed);
        assertThat(retry(FailedJobs.byId(List.of(job))).retried()).isEqualTo(1);

        assertBusy(true);
    }

    @Test
    void itIsNotBusyWhenItsFailedJobIsDiscarded() {
        settle(Outcomes::failed);
        assertThat(discard(FailedJobs.ofKind(KIND)).discarded()).isEqualTo(1);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobIsPruned() {
        settle(Outcomes::failed);
        passTime(Duration.ofDays(15));
        assertThat(await(store().decisions().prune(Duration.ofDays(14)))).isEqualTo(1);

        assertBusy(false);
    }

    @Test
    void itIsNotBusyWhenItsJobIsForgotten() {
        settle(Outcomes::completed);
        passTime(Duration.ofDays(8));
        assertThat(await(store().decisions().pruneCompleted(Duration.ofDays(7))))
                .isEqualTo(1);

        assertBusy(false);
    }

    @Test
    void onlyItsLastJobCounts() {
        settle(Outcomes::completed);
        assertThat(fired(NAME, "hourly/1")).isNotEqualTo(job);

        assertBusy(true);
    }

    @Test
    void aFireWithoutAJobLeavesTheLastOneAsItIs() {
        given(firing(schedule(NAME), shot(hour(1), FireOutcome.SKIPPED)));
        given(firing(schedule(NAME), shot(hour(2), FireOutcome.FAILED)));

        assertBusy(true);
    }

    @Test
    void aBackfillDoesNotMakeItBusy() {
        settle(Outcomes::completed);
        given(backfill(NAME, backfilled(hour(-1))));

        assertBusy(false);
    }

    @Test
    void aScheduleThatMayOverlapIsNeverBusy() {
        StoredSchedule skips = schedule(NAME);
        given(skips.withTerms(terms(Overlap.ALLOW, skips.terms().job())));
        assertBusy(false);

        StoredSchedule overlaps = schedule(NAME);
        given(overlaps.withTerms(terms(Overlap.CANCEL_RUNNING, overlaps.terms().job())));
        assertBusy(true);
    }

    @Test
    void ofAJobWithoutAUniqueKeyItIsNotKnown() {
        settle(Outcomes::completed);
        assertThat(fired(NAME, null)).isNotEqualTo(job);

        assertBusy(false);
    }
}
