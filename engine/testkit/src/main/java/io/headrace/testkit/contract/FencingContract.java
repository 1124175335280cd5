package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Only the holder of a job's lease decides what becomes of it, and only once. */
abstract class FencingContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void settlingTwiceIsTooLateTheSecondTime() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        settle(worker, completed(claimed));

        Settlement second = failed(claimed);

        assertThat(settleLate(worker, second)).containsExactly(second);
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(id).failures()).isEmpty();
    }

    @Test
    void aJobNamedTwiceInOneCallIsSettledOnce() {
        long worker = worker();
        given(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);

        List<Settlement> late = settleLate(
                worker,
                completed(claimed.get(0)),
                completed(claimed.get(1)),
                retried(claimed.get(1), MINUTE),
                completed(claimed.get(2)));

        assertThat(late)
                .hasSize(1)
                .allMatch(settlement -> settlement.job() == claimed.get(1).id());
        AuditReport audit = audit();
        assertThat(audit.completed() + audit.pending()).isEqualTo(3);
        assertThat(audit.leased()).isZero();
    }

    @Test
    void anotherWorkerCannotSettle() {
        long worker = worker();
        JobId id = enqueue(job());
        Settlement stolen = completed(claimOne(worker));

        assertThat(settleLate(worker(), stolen)).containsExactly(stolen);

        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
        settle(worker, stolen);
    }

    @Test
    void anotherLeaseCannotSettle() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimOne(worker);
        ClaimedJob second = claimOne(worker);
        Settlement crossed = new Settlement(
                second.lease(), first.id(), false, completed(first).verdict());

        assertThat(settleLate(worker, crossed)).containsExactly(crossed);

        assertThat(audit().leased()).isEqualTo(2);
        settle(worker, completed(first), completed(second));
    }

    @Test
    void theLeaseOfAnEarlierAttemptCannotSettle() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob earlier = claimOne(worker);
        settle(worker, released(earlier));
        ClaimedJob now = claimOne(worker);

        assertThat(now.attempt()).isEqualTo(earlier.attempt());
        assertThat(settleLate(worker, failed(earlier))).hasSize(1);
        settle(worker, completed(now));
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void leasesAndJobsThatDoNotExistCannotBeSettled() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        Settlement noLease = new Settlement(
                claimed.lease() + 1_000_000,
                claimed.id(),
                false,
                completed(claimed).verdict());
        Settlement noJob = new Settlement(
                claimed.lease(), claimed.id() + 1, false, completed(claimed).verdict());

        assertThat(settleLate(worker, noLease, noJob)).containsExactlyInAnyOrder(noLease, noJob);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void theLateDoNotHoldUpTheOthersOfTheirCall() {
        long worker = worker();
        given(jobs(5));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(1)), retried(claimed.get(3), Duration.ofHours(1)));

        List<Settlement> late = settleLate(worker, all(claimed, Outcomes::completed));

        assertThat(late).containsExactlyInAnyOrder(completed(claimed.get(1)), completed(claimed.get(3)));
        assertThat(audit().completed()).isEqualTo(4);
        assertThat(audit().pending()).isEqualTo(1);
    }

    @Test
    void callsAtOnceForTheSameJobsRecordEachOnce() {
        long worker = worker();
        given(jobs(200));
        List<ClaimedJob> claimed = claimAll(worker);

        List<List<Settlement>> late = atOnce(
                8,
                caller -> store().leases()
                        .settle(
                                worker,
                                caller % 2 == 0
                                        ? all(claimed, Outcomes::completed)
                                        : all(claimed, job -> retried(job, Duration.ofHours(1)))));

        assertThat(late.stream().mapToInt(List::size).sum()).isEqualTo(7 * 200);
        assertThat(audit().leased()).isZero();
        assertThat(audit().completed() + audit().pending()).isEqualTo(200);
    }

    @Test
    void callsAtOnceForPartsOfALeaseAllSucceed() {
        long worker = worker();
        given(jobs(400));
        List<ClaimedJob> shuffled = new ArrayList<>(claimAll(worker));
        Collections.shuffle(shuffled, new Random(7));

        List<List<Settlement>> late = atOnce(
                8,
                caller -> store().leases()
                        .settle(worker, all(shuffled.subList(caller * 50, caller * 50 + 50), Outcomes::completed)));

        assertThat(late).allMatch(List::isEmpty);
        assertThat(audit().completed()).isEqualTo(400);
    }
}
