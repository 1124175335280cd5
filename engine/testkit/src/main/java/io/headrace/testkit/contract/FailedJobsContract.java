package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.failure;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryReport;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people decide about failed jobs: to retry them or to discard them. */
abstract class FailedJobsContract extends ContractSuite {

    @Test
    void aFailedJobThatIsRetriedBeginsAnewAndItsFailuresStay() {
        JobId id = enqueue(job().maxAttempts(2).uniqueKey("rye"));
        long worker = worker();
        settle(worker, retried(claimOne(worker), Duration.ZERO, "first"));
        settle(worker, failed(claimOne(worker), "second"));

        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(new RetryReport(1, 1, 0, 0));

        ClaimedJob again = claimOne(worker);
        assertThat(again.id()).isEqualTo(id.value());
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.maxAttempts()).isEqualTo(2);
        assertThat(again.uniqueKey()).isEqualTo("rye");
        assertThat(find(id).failures()).extracting(AttemptFailure::message).containsExactly("first", "second");
        assertThat(enqueueAnswered(job().uniqueKey("rye")).id())
                .as("it has kept its key")
                .isEqualTo(id);
        settle(worker, failed(again, "third"));
        assertThat(find(id).failures()).extracting(AttemptFailure::message).containsExactly("first", "second", "third");
    }

    @Test
    void onlyTheFailedAreRetried() {
        List<JobId> ids = enqueue(jobs(4));
        failJobs(ids.get(0));
        assertThat(cancel(ids.get(1))).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(retry(FailedJobs.byId(ids))).isEqualTo(new RetryReport(1, 1, 0, 0));
        assertThat(retry(FailedJobs.byId(ids))).as("the second time").isEqualTo(RetryReport.NOTHING);

        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void anIdThatIsNamedTwiceIsRetriedOnce() {
        JobId id = failedJobs(1)[0];

        assertThat(retry(FailedJobs.byId(List.of(id, id)))).isEqualTo(new RetryReport(1, 1, 0, 0));

        assertThat(claimAll(worker())).hasSize(1);
    }

    @Test
    void thousandsAreRetriedByKindAndOthersAreLeftAlone() {
        given(jobs(2_500));
        given(jobs(10, draft -> draft.kind(OTHER_KIND)));
        long worker = worker();
        settle(worker, all(claimAll(worker), Outcomes::failed));

        assertThat(retry(FailedJobs.ofKind(KIND))).isEqualTo(new RetryReport(2_500, 2_500, 0, 0));

        assertThat(claimAll(worker)).hasSize(2_500);
        assertThat(audit().tombstones()).isEqualTo(10);
    }

    @Test
    void thousandsAreRetriedById() {
        JobId[] ids = failedJobs(2_500);

        assertThat(retry(FailedJobs.byId(List.of(ids)))).isEqualTo(new RetryReport(2_500, 2_500, 0, 0));
    }

    @Test
    void aQueueIsRetriedWhole() {
        assertThat(failedJobs(3)).hasSize(3);

        assertThat(retry(FailedJobs.inQueue("another"))).isEqualTo(RetryReport.NOTHING);
        assertThat(retry(FailedJobs.inQueue(QUEUE))).isEqualTo(new RetryReport(3, 3, 0, 0));
    }

    @Test
    void thoseThatFailedLastInOneWayAreRetriedAndDiscardedByFingerprint() {
        List<JobId> ids = enqueue(jobs(3));
        given(job().kind(OTHER_KIND));
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 4);
        Verdict.Failure torn = failure("torn", "mill.Sieve.sift(Sieve.java:1)");
        Verdict.Failure dry = failure("dry", "mill.Wheel.turn(Wheel.java:2)");
        settle(worker, failed(claimed.get(0), torn), retried(claimed.get(1), torn));
        settle(worker, failed(claimed.get(2), dry), failed(claimed.get(3), torn));
        settle(worker, failed(claimOne(worker), dry));

        assertThat(retry(FailedJobs.withFingerprint(torn.fingerprint()))).isEqualTo(new RetryReport(2, 2, 0, 0));
        assertThat(find(ids.get(0)).state()).isEqualTo(JobState.PENDING);
        assertThat(find(ids.get(1)).state())
                .as("has failed like that, but not in the end")
                .isEqualTo(JobState.FAILED);
        assertThat(discard(FailedJobs.withFingerprint(dry.fingerprint()))).isEqualTo(new DiscardReport(2, 2, 0, 0));
        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.DISCARDED);
        assertThat(retry(FailedJobs.withFingerprint(torn.fingerprint()))).isEqualTo(RetryReport.NOTHING);
    }

    @Test
    void retriesAtTheSameTimeRetryEachJobOnce() {
        assertThat(failedJobs(500)).hasSize(500);

        List<RetryReport> reports = atOnce(4, caller -> store().decisions().retryFailed(FailedJobs.ofKind(KIND)));

        RetryReport sum = reports.stream().reduce(RetryReport.NOTHING, RetryReport::plus);
        assertThat(sum.retried()).isEqualTo(500);
        assertThat(sum.matched()).isEqualTo(sum.retried() + sum.raced());
        assertThat(claimAll(worker())).hasSize(500);
    }

    @Test
    void aDiscardedJobIsLetGoWithItsKey() {
        JobId id = enqueue(job().uniqueKey("rye"));
        failJobs(id);

        assertThat(discard(FailedJobs.byId(List.of(id)))).isEqualTo(new DiscardReport(1, 1, 0, 0));

        assertThat(find(id).state()).isEqualTo(JobState.DISCARDED);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
        assertThat(retry(FailedJobs.byId(List.of(id)))).as("nobody retries it").isEqualTo(RetryReport.NOTHING);
    }

    @Test
    void nothingIsDecidedBeforeSubscription() {
        JobId id = failedJobs(1)[0];
        JobId waiting = enqueue(job());
        var retry = store().decisions().retryFailed(FailedJobs.ofKind(KIND));
        var discard = store().decisions().discard(FailedJobs.ofKind(KIND));
        var cancel = store().decisions().cancel(waiting);

        assertThat(find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(find(waiting).state()).isEqualTo(JobState.PENDING);
        assertThat(List.of(retry, discard, cancel)).hasSize(3);
    }
}
