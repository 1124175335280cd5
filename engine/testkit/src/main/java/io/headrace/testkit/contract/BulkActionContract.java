package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.bulk.BulkAction.Cancel;
import io.headrace.bulk.BulkAction.Discard;
import io.headrace.bulk.BulkAction.Retry;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.BulkPreview.Group;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bulk operations do, and to which jobs. */
abstract class BulkActionContract extends BulkSuite {

    @Test
    void failedJobsAreRetriedByKindAndOthersAreLeftAlone() {
        given(jobs(600));
        given(jobs(10, draft -> draft.kind(OTHER_KIND)));
        long worker = worker();
        settle(worker, Outcomes.all(claimAll(worker), Outcomes::failed));

        assertAnswer(carryOut(new Retry(FailedJobs.ofKind(KIND))), BulkState.DONE, 600, 0);

        assertThat(claimAll(worker)).hasSize(600).allMatch(job -> job.attempt() == 1);
        assertThat(audit().tombstones()).isEqualTo(10);
    }

    @Test
    void failedJobsAreRetriedByIdAndByQueue() {
        JobId[] ids = failedJobs(10);

        assertAnswer(carryOut(new Retry(FailedJobs.byId(List.of(ids[0], ids[9])))), BulkState.DONE, 2, 0);
        assertAnswer(carryOut(new Retry(FailedJobs.inQueue("another"))), BulkState.DONE, 0, 0);
        assertAnswer(carryOut(new Retry(FailedJobs.inQueue(QUEUE))), BulkState.DONE, 8, 0);
    }

    @Test
    void moreIdsThanAChunkHasAreRetried() {
        JobId[] ids = failedJobs(600);

        assertAnswer(carryOut(new Retry(FailedJobs.byId(List.of(ids)))), BulkState.DONE, 600, 0);
    }

    @Test
    void idsThatMatchNothingDoNotEndIt() {
        List<JobId> waiting = enqueue(jobs(300));
        passTime(Duration.ofSeconds(1));
        List<JobId> failed = enqueue(jobs(5));
        failJobs(failed.toArray(JobId[]::new));

        assertAnswer(carryOut(new Retry(FailedJobs.byId(concat(waiting, failed)))), BulkState.DONE, 5, 0);
    }

    @Test
    void whatFailsAfterTheStartIsNotIncluded() {
        assertThat(failedJobs(3)).hasSize(3);
        BulkOperation operation = start(new Retry(FailedJobs.ofKind(KIND)));
        passTime(Duration.ofSeconds(1));
        assertThat(failedJobs(4)).hasSize(4);

        assertAnswer(carryOut(operation), BulkState.DONE, 3, 0);

        assertThat(audit().tombstones()).isEqualTo(4);
    }

    @Test
    void whatFailsAgainIsNotRetriedAgain() {
        assertThat(failedJobs(300)).hasSize(300);
        BulkOperation operation = start(new Retry(FailedJobs.ofKind(KIND)));
        long first = step(operation).done();
        passTime(Duration.ofSeconds(1));
        long worker = worker();
        settle(worker, Outcomes.all(claimAll(worker), Outcomes::failed));

        assertAnswer(carryOut(operation), BulkState.DONE, 300, 0);

        assertThat(audit().tombstones()).isEqualTo(first);
    }

    @Test
    void whatWasPrunedIsCountedAtTheEnd() {
        JobId[] old = failedJobs(2);
        passTime(Duration.ofDays(2));
        assertThat(await(store().decisions().prune(Duration.ofDays(1)))).isEqualTo(2);
        JobId[] recent = failedJobs(1);

        assertAnswer(carryOut(new Discard(FailedJobs.byId(List.of(old[0], old[1], recent[0])))), BulkState.DONE, 1, 2);
    }

    @Test
    void failedJobsAreDiscardedWithTheirKeys() {
        JobId id = enqueue(job().uniqueKey("rye"));
        failJobs(id);

        assertAnswer(carryOut(new Discard(FailedJobs.ofKind(KIND))), BulkState.DONE, 1, 0);

        assertThat(find(id).state()).isEqualTo(JobState.DISCARDED);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
    }

    @Test
    void waitingJobsAreCancelledWithTheirKeys() {
        given(jobs(600));
        JobId scheduled = enqueue(job().delay(Duration.ofDays(1)).uniqueKey("rye"));
        JobId other = enqueue(job().kind(OTHER_KIND));

        assertAnswer(carryOut(new Cancel(WaitingJobs.ofKind(KIND))), BulkState.DONE, 601, 0);

        assertThat(find(scheduled).state()).isEqualTo(JobState.CANCELLED);
        assertThat(find(other).state()).isEqualTo(JobState.PENDING);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
        assertThat(audit().tombstones()).isEqualTo(601);
    }

    @Test
    void waitingJobsAreCancelledByQueueAndKind() {
        JobId wanted = enqueue(job());
        JobId otherQueue = enqueue(job().queue("another"));
        JobId otherKind = enqueue(job().kind(OTHER_KIND));

        assertAnswer(carryOut(new Cancel(new WaitingJobs(QUEUE, KIND))), BulkState.DONE, 1, 0);
        assertThat(find(wanted).state()).isEqualTo(JobState.CANCELLED);
        assertAnswer(carryOut(new Cancel(WaitingJobs.inQueue("another"))), BulkState.DONE, 1, 0);
        assertThat(find(otherQueue).state()).isEqualTo(JobState.CANCELLED);

        assertThat(find(otherKind).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void jobsThatAreLeasedOrEnqueuedLaterAreNotCancelled() {
        JobId running = enqueue(job());
        ClaimedJob claimed = claimOne(worker());
        JobId waiting = enqueue(job());
        passTime(Duration.ofSeconds(1));
        BulkOperation operation = start(new Cancel(WaitingJobs.inQueue(QUEUE)));
        passTime(Duration.ofSeconds(1));
        JobId later = enqueue(job());

        assertAnswer(carryOut(operation), BulkState.DONE, 1, 0);

        assertThat(claimed.id()).isEqualTo(running.value());
        assertThat(find(running).state()).isEqualTo(JobState.LEASED);
        assertThat(find(waiting).state()).isEqualTo(JobState.CANCELLED);
        assertThat(find(later).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void jobsOfManyPrioritiesAndTimesAreAllCancelled() {
        for (int priority = 0; priority < 10; priority++) {
            given(job().priority(priority), job().priority(priority).delay(Duration.ofHours(priority + 1)));
        }
        given(jobs(700, draft -> draft.kind(OTHER_KIND)));

        assertAnswer(carryOut(new Cancel(WaitingJobs.ofKind(KIND))), BulkState.DONE, 20, 0);

        assertThat(audit().pending()).isEqualTo(700);
    }

    @Test
    void aPreviewCountsByQueueAndKind() {
        assertThat(failedJobs(3)).hasSize(3);
        given(jobs(2));
        given(job().queue("another"));

        BulkPreview failed = await(bulk().preview(new Retry(FailedJobs.ofKind(KIND))));
        BulkPreview waiting = await(bulk().preview(new Cancel(WaitingJobs.ofKind(KIND))));
        BulkPreview none = await(bulk().preview(new Discard(FailedJobs.inQueue("another"))));

        assertThat(failed).isEqualTo(new BulkPreview(List.of(new Group(QUEUE, KIND, 3)), 3, false));
        assertThat(waiting)
                .isEqualTo(
                        new BulkPreview(List.of(new Group(QUEUE, KIND, 2), new Group("another", KIND, 1)), 3, false));
        assertThat(none).isEqualTo(new BulkPreview(List.of(), 0, false));
        assertThat(audit().pending()).isEqualTo(3);
    }

    @Test
    void aPreviewByIdCountsThoseThatFailed() {
        JobId failed = failedJobs(1)[0];
        JobId waiting = enqueue(job());

        BulkPreview preview = await(bulk().preview(new Retry(FailedJobs.byId(List.of(failed, waiting)))));

        assertThat(preview.count()).isOne();
    }
}
