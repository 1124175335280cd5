package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is on record of the fires of a schedule, and what became of their jobs. */
abstract class FireHistoryContract extends ScheduleSuite {

    private static final Duration RETENTION = Duration.ofDays(14);

    private @Nullable JobState stateOf(int hour) {
        FireSnapshot fire = fireOf(NAME, hour(hour));
        assertThat(fire.outcome()).isEqualTo(FireOutcome.ENQUEUED);
        assertThat(fire.job()).isNotNull();
        return fire.state();
    }

    @Test
    void aScheduleThatNeverFiredHasNoFires() {
        given(hourly(NAME));

        assertThat(fires(NAME)).isEmpty();
        assertThat(fires("unknown")).isEmpty();
    }

    @Test
    void theLatestInstantComesFirst() {
        given(hourly(NAME));
        givenFire(NAME, hour(-1));
        givenFire(NAME, hour(-3));
        givenFire(NAME, hour(0));
        given(backfill(NAME, backfilled(hour(-2)), backfilled(hour(-7))));

        assertThat(fires(NAME))
                .extracting(FireSnapshot::at)
                .containsExactly(hour(0), hour(-1), hour(-2), hour(-3), hour(-7));
        assertThat(fires(NAME)).extracting(FireSnapshot::schedule).containsOnly(NAME);
    }

    @Test
    void aPageGoesOnBeforeTheOneBefore() {
        given(hourly(NAME));
        for (int n = -5; n < 0; n++) {
            givenFire(NAME, hour(n));
        }

        List<FireSnapshot> first = await(schedules().fires(NAME, null, 2).collectList());
        List<FireSnapshot> second =
                await(schedules().fires(NAME, first.get(1).at(), 2).collectList());
        List<FireSnapshot> third =
                await(schedules().fires(NAME, second.get(1).at(), 2).collectList());

        assertThat(concat(concat(first, second), third)).isEqualTo(fires(NAME));
        assertThat(third).extracting(FireSnapshot::at).containsExactly(hour(-5));
        assertThat(await(schedules().fires(NAME, hour(-5), 2).collectList())).isEmpty();
    }

    @Test
    void aPageMayBeginBeforeAnyInstant() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));

        for (Instant after : List.of(Instant.MAX, Instant.parse("+10000-01-01T00:00:00Z"), hour(1))) {
            assertThat(await(schedules().fires(NAME, after, 2).collectList())).hasSize(1);
        }
        for (Instant before : List.of(Instant.MIN, Instant.parse("-0001-01-01T00:00:00Z"), Instant.EPOCH)) {
            assertThat(await(schedules().fires(NAME, before, 2).collectList())).isEmpty();
        }
    }

    @Test
    void aScheduleHasItsOwnFires() {
        given(hourly("rye"));
        given(hourly("oats"));
        JobId rye = fireNext("rye");
        JobId oats = fireNext("oats");

        assertThat(fires("rye")).extracting(FireSnapshot::job).containsExactly(rye);
        assertThat(fires("oats")).extracting(FireSnapshot::job).containsExactly(oats);
    }

    @Test
    void aFireTellsWhatBecameOfItsJob() {
        given(hourly(NAME));
        for (int n = -4; n <= 0; n++) {
            givenFire(NAME, hour(n));
        }
        assertThat(stateOf(0)).isEqualTo(JobState.PENDING);

        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 3);
        assertThat(stateOf(-4)).isEqualTo(JobState.LEASED);

        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)));
        JobId failed = new JobId(claimed.get(1).id());
        assertThat(stateOf(-4)).isEqualTo(JobState.COMPLETED);
        assertThat(stateOf(-3)).isEqualTo(JobState.FAILED);
        assertThat(stateOf(-2)).isEqualTo(JobState.LEASED);
        assertThat(stateOf(-1)).isEqualTo(JobState.PENDING);

        assertThat(cancel(Objects.requireNonNull(fireOf(NAME, hour(-1)).job()))).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(stateOf(-1)).isEqualTo(JobState.CANCELLED);

        assertThat(retry(FailedJobs.byId(List.of(failed))).retried()).isEqualTo(1);
        assertThat(stateOf(-3)).isEqualTo(JobState.PENDING);
        failJobs(failed);
        assertThat(discard(FailedJobs.byId(List.of(failed))).discarded()).isEqualTo(1);
        assertThat(stateOf(-3)).isEqualTo(JobState.DISCARDED);
    }

    @Test
    void whatBecameOfAJobThatWasForgottenIsNotKnown() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
        passTime(RETENTION.plusHours(1));
        assertThat(await(store().decisions().pruneCompleted(RETENTION))).isEqualTo(1);

        assertThat(fireOf(NAME, hour(0)).job()).isNotNull();
        assertThat(stateOf(0)).isNull();
    }

    @Test
    void whatBecameOfAJobThatWasPrunedIsNotKnown() {
        given(hourly(NAME));
        JobId job = fireNext(NAME);
        failJobs(job);
        passTime(RETENTION.plusHours(1));
        assertThat(await(store().decisions().prune(RETENTION))).isEqualTo(1);

        FireSnapshot fire = fireOf(NAME, hour(0));

        assertThat(fire.job()).isEqualTo(job);
        assertThat(fire.state()).isNull();
        assertThat(fire.outcome()).isEqualTo(FireOutcome.ENQUEUED);
    }
}
