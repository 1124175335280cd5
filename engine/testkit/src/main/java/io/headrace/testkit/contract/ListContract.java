package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.operate.JobItem;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.WorkerId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a list of jobs shows, and in what order. */
abstract class ListContract extends ListSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    /** The only job in a list, compared with what is shown of it alone. */
    private JobItem only(JobState state, JobId id) {
        assertThat(ids(in(state))).containsExactly(id);
        JobItem item = list(in(state)).get(0);
        JobSnapshot job = find(id);
        assertThat(item.state()).isEqualTo(state).isEqualTo(job.state());
        assertThat(item.queue()).isEqualTo(job.queue());
        assertThat(item.kind()).isEqualTo(job.kind());
        assertThat(item.priority()).isEqualTo(job.priority());
        assertThat(item.attempt()).isEqualTo(job.attempt());
        assertThat(item.runAt()).isEqualTo(job.runAt());
        assertThat(item.uniqueKey()).isEqualTo(job.uniqueKey());
        assertThat(item.worker()).isEqualTo(job.worker());
        return item;
    }

    private static Draft special() {
        return job().kind(OTHER_KIND).priority(2).uniqueKey("sack 7");
    }

    @Test
    void aWaitingJobShowsWhenItIsDue() {
        JobItem item = only(JobState.PENDING, enqueue(special().delay(HOUR)));

        assertThat(item.runAt()).isNotNull();
        assertThat(item.endedAt()).isNull();
        assertThat(item.errorType()).isNull();
    }

    @Test
    void aRetriedJobShowsItsAttempt() {
        JobId id = enqueue(special());
        long worker = worker();
        settle(worker, retried(claimOne(worker), HOUR));

        assertThat(only(JobState.PENDING, id).attempt()).isEqualTo(1);
    }

    @Test
    void aLeasedJobShowsItsWorker() {
        JobId id = enqueue(special());
        long worker = worker();
        assertThat(claimAll(worker)).hasSize(1);

        assertThat(only(JobState.LEASED, id).worker()).isEqualTo(new WorkerId(worker).toString());
    }

    @Test
    void aCompletedJobShowsWhenItEnded() {
        JobId id = enqueue(special());
        long worker = worker();
        settle(worker, completed(claimOne(worker)));

        JobItem item = only(JobState.COMPLETED, id);
        assertThat(item.endedAt()).isCloseTo(id.createdAt(), within(30, ChronoUnit.SECONDS));
        assertThat(item.errorType()).isNull();
    }

    @Test
    void aFailedJobShowsItsLastError() {
        showsItsLastError(JobState.FAILED);
    }

    @Test
    void aCancelledJobShowsItsLastError() {
        showsItsLastError(JobState.CANCELLED);
    }

    @Test
    void aDiscardedJobShowsItsLastError() {
        showsItsLastError(JobState.DISCARDED);
    }

    private void showsItsLastError(JobState state) {
        JobId id = enqueue(special());
        long worker = worker();
        settle(worker, retried(claimOne(worker), Duration.ZERO, "the first stone"));
        ClaimedJob second = claimOne(worker);
        if (state == JobState.CANCELLED) {
            settle(worker, Outcomes.cancelled(second));
        } else {
            settle(worker, failed(second, "the second stone"));
        }
        if (state == JobState.DISCARDED) {
            assertThat(discard(FailedJobs.ofKind(OTHER_KIND)).discarded()).isEqualTo(1);
        }

        JobItem item = only(state, id);
        assertThat(item.errorType()).isEqualTo(Outcomes.ERROR_TYPE);
        assertThat(item.message()).isEqualTo(find(id).failures().get(1).message());
        assertThat(item.endedAt()).isEqualTo(find(id).failures().get(1).at());
    }

    @Test
    void aJobIsInTheListOfItsStateAlone() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(6));
        List<ClaimedJob> claimed = claim(worker, 4);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)), Outcomes.cancelled(claimed.get(2)));

        assertThat(ids(in(JobState.COMPLETED))).containsExactly(ids.get(0));
        assertThat(ids(in(JobState.FAILED))).containsExactly(ids.get(1));
        assertThat(ids(in(JobState.CANCELLED))).containsExactly(ids.get(2));
        assertThat(ids(in(JobState.DISCARDED))).isEmpty();
        assertThat(ids(in(JobState.LEASED))).containsExactly(ids.get(3));
        assertThat(ids(in(JobState.PENDING))).containsExactly(ids.get(4), ids.get(5));
    }

    @Test
    void waitingJobsAreInTheOrderOfQueuePriorityAndDueTime() {
        JobId last = enqueue(job().queue("weir"));
        JobId later = enqueue(job().delay(HOUR));
        JobId unimportant = enqueue(job().priority(9));
        JobId first = enqueue(job().priority(0).delay(HOUR));
        JobId now = enqueue(job());

        assertThat(ids(list(in(JobState.PENDING), 2))).containsExactly(first, now, later, unimportant, last);
    }

    @Test
    void theLatestOfThoseThatHaveEndedComesFirst() {
        List<JobId> ids = new ArrayList<>();
        long worker = worker();
        for (int n = 0; n < 3; n++) {
            JobId good = enqueue(job());
            settle(worker, completed(claimOne(worker)));
            JobId bad = enqueue(job());
            settle(worker, failed(claimOne(worker)));
            ids.add(0, good);
            ids.add(1, bad);
        }

        assertThat(ids(list(in(JobState.COMPLETED), 1))).containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(ids(list(in(JobState.FAILED), 1))).containsExactly(ids.get(1), ids.get(3), ids.get(5));
    }

    // Slice by slice, each job is listed once.

    @Test
    void eachPendingJobIsListedOnce() {
        eachIsListedOnce(JobState.PENDING);
    }

    @Test
    void eachLeasedJobIsListedOnce() {
        eachIsListedOnce(JobState.LEASED);
    }

    @Test
    void eachCompletedJobIsListedOnce() {
        eachIsListedOnce(JobState.COMPLETED);
    }

    @Test
    void eachFailedJobIsListedOnce() {
        eachIsListedOnce(JobState.FAILED);
    }

    @Test
    void eachCancelledJobIsListedOnce() {
        eachIsListedOnce(JobState.CANCELLED);
    }

    @Test
    void eachDiscardedJobIsListedOnce() {
        eachIsListedOnce(JobState.DISCARDED);
    }

    /** Of many sets and of large ones, some due at the same moment. */
    private void eachIsListedOnce(JobState state) {
        List<JobId> all = new ArrayList<>(enqueue(jobs(23)));
        all.addAll(enqueue(jobs(5, draft -> draft.kind(OTHER_KIND))));
        for (int n = 0; n < 4; n++) {
            all.add(enqueue(job().priority(n % 2).runAt(all.get(0).createdAt().minusSeconds(60))));
        }
        bringTo(state);

        for (int most : new int[] {1, 3, 7, 31, 32, MOST}) {
            assertThat(ids(list(in(state), most))).as("by %s", most).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** Brings all that wait to a state, by three workers. */
    private void bringTo(JobState state) {
        if (state == JobState.PENDING) {
            return;
        }
        for (int workers = 0; workers < 3; workers++) {
            long worker = worker();
            List<ClaimedJob> claimed = claim(worker, workers == 2 ? NO_LIMIT : 9);
            settle(worker, claimed, state);
        }
        if (state == JobState.DISCARDED) {
            assertThat(discard(FailedJobs.inQueue(QUEUE)).discarded()).isEqualTo(32);
        }
    }

    @Test
    void whatWasPrunedIsNotListed() {
        JobId failed = failedJobs(1)[0];
        long worker = worker();
        JobId done = enqueue(job());
        settle(worker, completed(claimOne(worker)));
        assertThat(ids(in(JobState.FAILED))).containsExactly(failed);
        assertThat(ids(in(JobState.COMPLETED))).containsExactly(done);

        passTime(HOUR.multipliedBy(24));
        assertThat(await(store().decisions().prune(HOUR))).isEqualTo(1);
        assertThat(ids(in(JobState.FAILED))).isEmpty();
        assertThat(await(store().decisions().pruneCompleted(HOUR))).isBetween(0L, 1L);
        assertThat(ids(in(JobState.COMPLETED)))
                .isEqualTo(store().inspector().find(done).blockOptional().isEmpty() ? List.of() : List.of(done));
    }

    @Test
    void listingChangesNothing() {
        given(jobs(3));

        assertThat(list(in(JobState.PENDING))).isEqualTo(list(in(JobState.PENDING)));
        assertThat(claimAll(worker())).extracting(ClaimedJob::attempt).containsExactly(1, 1, 1);
        assertThat(Set.copyOf(list(in(JobState.LEASED)))).hasSize(3);
        assertThat(KIND).isEqualTo(list(in(JobState.LEASED)).get(0).kind());
    }
}
