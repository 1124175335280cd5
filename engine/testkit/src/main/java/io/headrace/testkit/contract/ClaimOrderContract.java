package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order jobs are claimed, and when. */
abstract class ClaimOrderContract extends ContractSuite {

    @Test
    void lowerNumbersOfPriorityGoFirst() {
        JobId last = enqueue(job().priority(9));
        JobId middle = enqueue(job());
        JobId first = enqueue(job().priority(0));

        assertThat(idsOf(claimAll(worker()))).containsExactly(first, middle, last);
    }

    @Test
    void priorityHoldsWhenOnlySomeAreClaimed() {
        long worker = worker();
        given(jobs(20, draft -> draft.priority(5)));
        List<JobId> urgent = enqueue(jobs(3, draft -> draft.priority(1)));

        assertThat(idsOf(claim(worker, 3))).containsExactlyElementsOf(urgent);
    }

    @Test
    void ofOnePriorityTheJobDueFirstGoesFirst() {
        JobId second = enqueue(job().delay(Duration.ofMinutes(2)));
        JobId third = enqueue(job().delay(Duration.ofMinutes(3)));
        JobId first = enqueue(job().delay(Duration.ofMinutes(1)));
        passTime(Duration.ofMinutes(5));

        assertThat(idsOf(claimAll(worker()))).containsExactly(first, second, third);
    }

    @Test
    void jobsOfOneBatchGoInItsOrder() {
        List<JobId> ids = enqueue(jobs(50));

        assertThat(idsOf(claimAll(worker()))).containsExactlyElementsOf(ids);
    }

    @Test
    void jobsAreNotClaimedBeforeTheyAreDue() {
        long worker = worker();
        JobId id = enqueue(job().delay(Duration.ofMinutes(10)));

        assertThat(claimAll(worker)).isEmpty();
        passTime(Duration.ofMinutes(9));
        assertThat(claimAll(worker)).isEmpty();
        passTime(Duration.ofMinutes(1));
        assertThat(idsOf(claimAll(worker))).containsExactly(id);
    }

    @Test
    void jobsForAMomentAreNotClaimedBeforeIt() {
        long worker = worker();
        JobId marker = enqueue(job().queue("weir"));
        JobId id = enqueue(job().runAt(marker.createdAt().plus(Duration.ofMinutes(10))));

        passTime(Duration.ofMinutes(9));
        assertThat(claimAll(worker)).isEmpty();
        passTime(Duration.ofMinutes(2));
        assertThat(idsOf(claimAll(worker))).containsExactly(id);
    }

    @Test
    void anExhaustedQueueTellsWhenItsNextJobIsDue() {
        long worker = worker();
        given(job().delay(Duration.ofMinutes(20)), job(), job().delay(Duration.ofMinutes(10)));
        assertThat(claimAll(worker)).hasSize(1);

        Claim claim = claimUntilExhausted(request(worker, 10));

        assertThat(claim.jobs()).isEmpty();
        assertThat(claim.nextDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void theLimitSplitsABatchAndTheRestFollowsInOrder() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(100));
        List<JobId> claimed = new ArrayList<>();
        for (int limit : List.of(1, 7, 30, 2, 100)) {
            claimed.addAll(idsOf(claim(worker, limit)));
        }

        assertThat(claimed).containsExactlyElementsOf(ids);
    }

    @Test
    void theLimitReachesOverSeveralBatches() {
        long worker = worker();
        List<JobId> ids = new ArrayList<>();
        for (int batch = 0; batch < 5; batch++) {
            ids.addAll(enqueue(jobs(3)));
        }

        assertThat(idsOf(claim(worker, 8))).containsExactlyElementsOf(ids.subList(0, 8));
        assertThat(idsOf(claim(worker, 8))).containsExactlyElementsOf(ids.subList(8, 15));
    }
}
