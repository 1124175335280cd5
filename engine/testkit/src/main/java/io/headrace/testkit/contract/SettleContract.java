package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of a job when its attempt has ended. */
abstract class SettleContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void settlingNothingIsAnsweredWithNothing() {
        assertThat(settleLate(worker(), List.of())).isEmpty();
    }

    @Test
    void nothingIsSettledBeforeSubscription() {
        long worker = worker();
        JobId id = enqueue(job());
        Mono<List<Settlement>> unused = store().leases().settle(worker, List.of(completed(claimOne(worker))));

        assertThat(unused).isNotNull();
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void aCompletedJobIsDone() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, completed(claimOne(worker)));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(claimAll(worker)).isEmpty();
    }

    @Test
    void aFailedJobIsATombstoneWithItsPayloadAndError() {
        long worker = worker();
        JobId id = enqueue(job().payload("{\"n\":7}"));

        settle(worker, failed(claimOne(worker)));

        JobSnapshot tombstone = find(id);
        assertThat(tombstone.state()).isEqualTo(JobState.FAILED);
        assertThat(tombstone.attempt()).isEqualTo(1);
        assertThat(tombstone.payload()).isEqualToIgnoringWhitespace("{\"n\":7}");
        assertThat(tombstone.failures()).map(AttemptFailure::message).containsExactly("the mill is on fire");
        assertThat(claimAll(worker)).isEmpty();
    }

    @Test
    void aCancelledJobIsATombstoneWithItsReason() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, cancelled(claimOne(worker)));

        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(find(id).failures()).map(AttemptFailure::message).containsExactly("no longer wanted");
        assertThat(claimAll(worker)).isEmpty();
    }

    @Test
    void aFailureMayHaveNeitherMessageNorTrace() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        Verdict.Failure bare = Verdict.Failure.ofType("java.lang.Error", null);

        settle(worker, new Settlement(claimed.lease(), claimed.id(), false, new Verdict.Failed(bare)));

        AttemptFailure failure =
                await(store().inspector().findWithTraces(id)).failures().get(0);
        assertThat(failure.errorType()).isEqualTo("java.lang.Error");
        assertThat(failure.message()).isNull();
        assertThat(failure.trace()).isNull();
        assertThat(failure.fingerprint()).isEqualTo(bare.fingerprint());
    }

    @Test
    void oneCallSettlesManyLeasesWithEveryKindOfOutcome() {
        long worker = worker();
        List<JobId> ids = new ArrayList<>(enqueue(jobs(6)));
        ids.addAll(enqueue(jobs(6, draft -> draft.kind(OTHER_KIND).priority(5))));
        List<ClaimedJob> claimed = claimAll(worker);
        List<Settlement> settlements = new ArrayList<>();
        for (int first : List.of(0, 6)) {
            settlements.add(completed(claimed.get(first)));
            settlements.add(retried(claimed.get(first + 1), MINUTE));
            settlements.add(snoozed(claimed.get(first + 2), MINUTE));
            settlements.add(released(claimed.get(first + 3)));
            settlements.add(failed(claimed.get(first + 4)));
            settlements.add(cancelled(claimed.get(first + 5)));
        }

        settle(worker, settlements);

        List<JobState> expected = List.of(
                JobState.COMPLETED,
                JobState.PENDING,
                JobState.PENDING,
                JobState.PENDING,
                JobState.FAILED,
                JobState.CANCELLED);
        assertThat(ids).map(id -> find(id).state()).containsExactlyElementsOf(concat(expected, expected));
        assertThat(ids).map(id -> find(id).failures().size()).containsExactly(0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1);
    }

    @Test
    void whatIsNotSettledStaysLeased() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(10));
        List<ClaimedJob> claimed = claimAll(worker);

        settle(worker, completed(claimed.get(0)), completed(claimed.get(4)), completed(claimed.get(9)));

        assertThat(audit().completed()).isEqualTo(3);
        assertThat(audit().leased()).isEqualTo(7);
        assertThat(find(ids.get(4)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(ids.get(5)).state()).isEqualTo(JobState.LEASED);
        assertThat(claimAll(worker)).isEmpty();
    }

    @Test
    void aLeaseMayBeSettledInPartsOfAnyShape() {
        long worker = worker();
        given(jobs(500));
        List<ClaimedJob> shuffled = new ArrayList<>(claimAll(worker));
        Collections.shuffle(shuffled, new Random(42));

        for (int from = 0; from < 500; from += 125) {
            settle(worker, all(shuffled.subList(from, from + 125), Outcomes::completed));
        }

        assertThat(audit().completed()).isEqualTo(500);
        assertThat(audit().leased()).isZero();
    }

    @Test
    void twoThousandJobsSettleInOneCall() {
        long worker = worker();
        given(jobs(2_000));

        settle(worker, all(claimAll(worker), Outcomes::completed));

        assertThat(audit().completed()).isEqualTo(2_000);
    }
}
