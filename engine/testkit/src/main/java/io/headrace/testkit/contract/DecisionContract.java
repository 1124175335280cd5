package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.RetryReport;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people decide about jobs, and pruning. */
abstract class DecisionContract extends StoreContract {

    private static final Duration RETENTION = Duration.ofDays(14);

    private CancelAnswer cancel(JobId id) {
        return await(store().decisions().cancel(id));
    }

    private RetryReport retry(FailedJobs which) {
        return await(store().decisions().retryFailed(which));
    }

    private DiscardReport discard(FailedJobs which) {
        return await(store().decisions().discard(which));
    }

    private long prune() {
        return await(store().decisions().prune(RETENTION));
    }

    private void fail(JobId... ids) {
        long worker = worker();
        List<Long> meant = Stream.of(ids).map(JobId::value).toList();
        List<ClaimedJob> claimed = claimAll(worker);
        assertThat(claimed).extracting(ClaimedJob::id).containsAll(meant);
        settle(
                worker,
                claimed.stream()
                        .map(job -> meant.contains(job.id()) ? failed(job) : Outcomes.released(job))
                        .toList());
    }

    private JobId[] failedJobs(int count) {
        JobId[] ids = enqueue(jobs(count)).toArray(JobId[]::new);
        fail(ids);
        return ids;
    }

    @Test
    void aWaitingJobThatIsCancelledNeverRuns() {
        List<JobId> ids = enqueue(jobs(3));

        assertThat(cancel(ids.get(1))).isEqualTo(CancelAnswer.CANCELLED);

        JobSnapshot cancelled = find(ids.get(1));
        assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
        assertThat(cancelled.attempt()).isZero();
        assertThat(idsOf(claimAll(worker()))).containsExactly(ids.get(0), ids.get(2));
    }

    @Test
    void aJobThatIsDueLaterCanBeCancelled() {
        JobId id = enqueue(job().delay(Duration.ofHours(1)));

        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);

        passTime(Duration.ofHours(2));
        assertThat(claimAll(worker())).isEmpty();
    }

    @Test
    void aLeasedJobThatIsCancelledLeavesItsLeaseAndItsWorkerIsToldUntilItHasHeeded() {
        List<JobId> ids = enqueue(jobs(3));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        Set<Long> leases = leasesOf(claimed);

        assertThat(cancel(ids.get(1))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(heartbeat(worker, leases).cancelled())
                .containsExactly(ids.get(1).value());
        assertThat(heartbeat(worker, leases).cancelled())
                .as("the first answer may have been lost")
                .containsExactly(ids.get(1).value());
        assertThat(heartbeat(worker, leases, ids.get(1)).cancelled())
                .as("heeded")
                .isEmpty();
        assertThat(heartbeat(worker, leases).cancelled()).as("for good").isEmpty();
        assertThat(settleLate(worker, all(claimed, Outcomes::completed)))
                .extracting(late -> new JobId(late.job()))
                .containsExactly(ids.get(1));
    }

    @Test
    void whatIsHeededTakesNothingFromWhatWasCancelledMeanwhile() {
        List<JobId> ids = enqueue(jobs(3));
        long worker = worker();
        Set<Long> leases = leasesOf(claimAll(worker));
        assertThat(cancel(ids.get(0))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        assertThat(heartbeat(worker, leases).cancelled())
                .containsExactly(ids.get(0).value());
        assertThat(cancel(ids.get(2))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertThat(heartbeat(worker, leases, ids.get(0)).cancelled())
                .containsExactly(ids.get(2).value());

        assertThat(heartbeat(worker(), Set.of()).cancelled())
                .as("another worker")
                .isEmpty();
        assertThat(heartbeat(worker, leases).cancelled())
                .containsExactly(ids.get(2).value());
    }

    private HeartbeatReply heartbeat(long worker, Set<Long> leases, JobId heeded) {
        return await(store().workers()
                .heartbeat(new HeartbeatRequest(worker, EXPIRY, leases, Set.of(), Set.of(heeded.value()), false)));
    }

    @Test
    void theLastJobOfALeaseCanBeCancelled() {
        JobId id = enqueue(job());
        long worker = worker();
        ClaimedJob claimed = claimOne(worker);

        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertThat(heartbeat(worker, Set.of(claimed.lease())).cancelled()).containsExactly(id.value());
        assertThat(settleLate(worker, completed(claimed))).hasSize(1);
    }

    @Test
    void aCancelledJobReleasesItsKey() {
        JobId id = enqueue(job().uniqueKey("rye"));

        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
    }

    @Test
    void whatHasEndedCannotBeCancelledAnyMore() {
        List<JobId> ids = enqueue(jobs(3));
        assertThat(cancel(ids.get(0))).isEqualTo(CancelAnswer.CANCELLED);
        fail(ids.get(1));
        long worker = worker();
        settle(worker, completed(claimOne(worker)));

        assertThat(cancel(ids.get(0))).isEqualTo(CancelAnswer.TOO_LATE);
        assertThat(cancel(ids.get(1))).isEqualTo(CancelAnswer.TOO_LATE);
        assertThat(cancel(ids.get(2))).isEqualTo(CancelAnswer.TOO_LATE);
        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aJobThatNeverWasCannotBeCancelled() {
        assertThat(cancel(new JobId(7))).isEqualTo(CancelAnswer.UNKNOWN);
    }

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
        fail(ids.get(0));
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
        fail(id);

        assertThat(discard(FailedJobs.byId(List.of(id)))).isEqualTo(new DiscardReport(1, 1, 0, 0));

        assertThat(find(id).state()).isEqualTo(JobState.DISCARDED);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
        assertThat(retry(FailedJobs.byId(List.of(id)))).as("nobody retries it").isEqualTo(RetryReport.NOTHING);
    }

    @Test
    void aFailedJobIsKeptForItsRetention() {
        JobId id = failedJobs(1)[0];
        passTime(RETENTION.minusHours(1));

        assertThat(prune()).isZero();
        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(new RetryReport(1, 1, 0, 0));
    }

    @Test
    void whatIsPrunedIsGoneAndTheAnswerSaysSo() {
        JobId id = enqueue(job().uniqueKey("rye"));
        fail(id);
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);
        assertThat(prune()).isZero();

        assertThat(store().inspector().find(id).blockOptional(PATIENCE)).isEmpty();
        assertThat(cancel(id)).isEqualTo(CancelAnswer.UNKNOWN);
        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(new RetryReport(0, 0, 0, 1));
        assertThat(discard(FailedJobs.ofKind(KIND))).isEqualTo(new DiscardReport(0, 0, 0, 1));
        assertThat(retry(FailedJobs.inQueue(QUEUE))).isEqualTo(new RetryReport(0, 0, 0, 1));
        assertThat(retry(FailedJobs.ofKind(OTHER_KIND))).isEqualTo(RetryReport.NOTHING);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created())
                .as("its key is free")
                .isTrue();
        assertThat(audit().pruned()).isEqualTo(1);
    }

    @Test
    void theCancelledArePrunedAndNotCountedAsFailed() {
        JobId id = enqueue(job());
        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);

        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(RetryReport.NOTHING);
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
