package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs that are to run again: retried, snoozed or handed back. */
abstract class RunAgainContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aRetriedJobRunsAgainAfterTheDelayAsTheNextAttempt() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, retried(claimOne(worker), Duration.ofMinutes(10)));

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        passTime(Duration.ofMinutes(9));
        assertThat(claimAll(worker)).isEmpty();
        passTime(MINUTE);
        ClaimedJob again = claimOne(worker);
        assertThat(again.id()).isEqualTo(id.value());
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void everyRetryCountsAnAttempt() {
        long worker = worker();
        given(job());
        List<Integer> attempts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ClaimedJob claimed = claimOne(worker);
            attempts.add(claimed.attempt());
            settle(worker, retried(claimed, MINUTE));
            passTime(MINUTE);
        }

        assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void jobsRetriedWithTheSameDelayComeBackTogetherInOrder() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(30));
        settle(worker, all(claimAll(worker), job -> retried(job, MINUTE)));
        passTime(MINUTE);

        List<ClaimedJob> again = claimAll(worker);

        assertThat(idsOf(again)).containsExactlyElementsOf(ids);
        assertThat(again).allMatch(job -> job.attempt() == 2);
        assertThat(leasesOf(again)).hasSize(1);
    }

    @Test
    void jobsRetriedWithDifferentDelaysComeBackEachAtItsTime() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(
                worker,
                retried(claimed.get(0), MINUTE.multipliedBy(3)),
                retried(claimed.get(1), MINUTE),
                retried(claimed.get(2), MINUTE.multipliedBy(2)));

        passTime(MINUTE);
        assertThat(idsOf(claimAll(worker))).containsExactly(ids.get(1));
        passTime(MINUTE);
        assertThat(idsOf(claimAll(worker))).containsExactly(ids.get(2));
        passTime(MINUTE);
        assertThat(idsOf(claimAll(worker))).containsExactly(ids.get(0));
    }

    @Test
    void failuresAreKeptInOrderAcrossRetries() {
        long worker = worker();
        JobId id = enqueue(job());
        for (String message : List.of("first", "second")) {
            settle(worker, retried(claimOne(worker), MINUTE, message));
            passTime(MINUTE);
        }
        settle(worker, failed(claimOne(worker), "third"));

        List<AttemptFailure> failures =
                await(store().inspector().findWithTraces(id)).failures();
        assertThat(failures).map(AttemptFailure::message).containsExactly("first", "second", "third");
        assertThat(failures).map(AttemptFailure::attempt).containsExactly(1, 2, 3);
        assertThat(failures).map(AttemptFailure::at).isSorted();
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure.errorType()).isEqualTo(Outcomes.ERROR_TYPE);
            assertThat(failure.trace()).contains("at the upper stone\nat the lower stone");
        });
    }

    @Test
    void aSnoozedJobRunsAgainAfterTheDelayAsTheSameAttempt() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, snoozed(claimOne(worker), MINUTE));

        assertThat(find(id).attempt()).isZero();
        assertThat(find(id).failures()).isEmpty();
        assertThat(claimAll(worker)).isEmpty();
        passTime(MINUTE);
        ClaimedJob again = claimOne(worker);
        assertThat(again.id()).isEqualTo(id.value());
        assertThat(again.attempt()).isEqualTo(1);
    }

    @Test
    void aJobHandedBackRunsAgainAsTheSameAttempt() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, released(claimOne(worker)));

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(find(id).attempt()).isZero();
        assertThat(find(id).failures()).isEmpty();
        assertThat(claimOne(worker).attempt()).isEqualTo(1);
    }

    @Test
    void jobsHandedBackTakeTheirOldPlaceBeforeYoungerOnes() {
        long worker = worker();
        List<JobId> older = enqueue(jobs(4));
        List<ClaimedJob> claimed = claimAll(worker);
        List<JobId> younger = enqueue(jobs(4));

        settle(worker, all(claimed.subList(1, 4), Outcomes::released));

        assertThat(idsOf(claim(worker, 2))).containsExactlyElementsOf(older.subList(1, 3));
        assertThat(idsOf(claimAll(worker))).containsExactlyElementsOf(concat(older.subList(3, 4), younger));
    }
}
