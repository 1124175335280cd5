package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A job that is cancelled by request, whether it waits or runs. */
abstract class CancelContract extends ContractSuite {

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
        failJobs(ids.get(1));
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
}
