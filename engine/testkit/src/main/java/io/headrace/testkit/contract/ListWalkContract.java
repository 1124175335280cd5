package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list that is walked while jobs move: it comes to an end, and what does not move is in it. */
abstract class ListWalkContract extends ListSuite {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aListOfWaitingJobsEndsAlthoughMoreAreEnqueued() {
        List<JobId> ids = enqueue(jobs(5));

        List<JobId> listed = ids(list(in(JobState.PENDING), 1, () -> given(job(), job().delay(SECOND))));

        assertThat(listed).containsAll(ids).doesNotHaveDuplicates();
    }

    @Test
    void aListOfWaitingJobsEndsAlthoughTheyArePutBackAgainAndAgain() {
        List<JobId> ids = enqueue(jobs(3));
        JobId resting = enqueue(job().delay(Duration.ofHours(1)));
        long worker = worker();

        List<JobId> listed = ids(list(in(JobState.PENDING), 1, () -> {
            List<ClaimedJob> claimed = claimAll(worker);
            settle(worker, Outcomes.all(claimed, job -> snoozed(job, Duration.ZERO)));
        }));

        assertThat(listed).contains(resting).hasSizeLessThanOrEqualTo(2 * ids.size() + 1);
    }

    @Test
    void aListOfLeasedJobsEndsAlthoughMoreAreClaimed() {
        List<JobId> ids = enqueue(jobs(5));
        long worker = worker();
        assertThat(claimAll(worker)).hasSize(5);

        List<JobId> listed = ids(list(in(JobState.LEASED), 1, () -> {
            given(job());
            assertThat(claimAll(worker)).hasSize(1);
        }));

        assertThat(listed).containsExactlyElementsOf(ids);
    }

    @Test
    void aListOfCompletedJobsEndsAlthoughMoreComplete() {
        List<JobId> ids = enqueue(jobs(5));
        long worker = worker();
        settle(worker, Outcomes.all(claimAll(worker), Outcomes::completed));

        List<JobId> listed = ids(list(in(JobState.COMPLETED), 1, () -> {
            given(job());
            settle(worker, completed(claimOne(worker)));
        }));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aListOfFailedJobsEndsAlthoughMoreFailAndOthersAreRetried() {
        JobId[] ids = failedJobs(5);
        long worker = worker();

        List<JobId> listed = ids(list(in(JobState.FAILED), 1, () -> {
            given(job());
            settle(worker, failed(claimOne(worker)));
            assertThat(retry(FailedJobs.byId(List.of(ids[0]))).matched()).isBetween(0L, 1L);
        }));

        assertThat(listed).containsExactly(ids[4], ids[3], ids[2], ids[1]);
    }
}
