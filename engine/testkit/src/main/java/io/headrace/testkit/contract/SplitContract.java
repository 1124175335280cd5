package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Settlement;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A job leaves the lease that it shares with others, and nothing else about it changes. */
abstract class SplitContract extends ContractSuite {

    @Test
    void aJobThatIsSplitOffIsAloneInANewLease() {
        long worker = worker();
        given(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);
        ClaimedJob second = claimed.get(1);

        ClaimedJob alone = alone(worker, second);

        assertThat(alone.lease()).isPositive().isNotEqualTo(second.lease());
        assertThat(settleLate(worker, completed(second)))
                .as("it has left its lease")
                .hasSize(1);
        settle(worker, completed(claimed.get(0)), completed(alone), completed(claimed.get(2)));
        assertThat(audit().completed()).isEqualTo(3);
    }

    @Test
    void severalOfSeveralLeasesLeaveInOneCall() {
        long worker = worker();
        given(jobs(5));
        List<ClaimedJob> first = claimAll(worker);
        given(jobs(5));
        List<ClaimedJob> second = claimAll(worker);
        List<ClaimedJob> leaving = List.of(first.get(4), second.get(0), first.get(0), second.get(2));

        List<Long> leases = split(worker, leaving);

        assertThat(leases)
                .doesNotHaveDuplicates()
                .doesNotContain(first.get(0).lease(), second.get(0).lease(), 0L);
        assertThat(heartbeat(worker, Set.copyOf(leases)).lost()).isEmpty();
        settle(worker, all(moved(leaving, leases), Outcomes::completed));
        settle(worker, all(rest(concat(first, second), leaving), Outcomes::completed));
        assertThat(audit().completed()).isEqualTo(10);
    }

    @Test
    void aJobThatIsAloneKeepsItsLease() {
        long worker = worker();
        given(job());
        ClaimedJob only = claimOne(worker);

        assertThat(split(worker, List.of(only))).containsExactly(only.lease());
        settle(worker, completed(only));
    }

    @Test
    void allJobsOfALeaseEndInLeasesOfTheirOwnAndNoneIsEmpty() {
        long worker = worker();
        given(jobs(4));
        List<ClaimedJob> claimed = claimAll(worker);

        List<Long> leases = split(worker, claimed);

        assertThat(leases).doesNotHaveDuplicates().doesNotContain(0L).hasSize(4);
        assertThat(split(worker, moved(claimed, leases))).isEqualTo(leases);
        settle(worker, all(moved(claimed, leases), Outcomes::completed));
        assertThat(audit().leased()).isZero();
    }

    @Test
    void whoeverIsSplitOffTwiceIsLateTheSecondTime() {
        long worker = worker();
        given(jobs(3));
        ClaimedJob first = claimAll(worker).get(0);
        ClaimedJob alone = alone(worker, first);

        assertThat(split(worker, List.of(first))).containsExactly(0L);
        assertThat(split(worker, List.of(alone, alone))).containsExactly(alone.lease(), 0L);
    }

    @Test
    void jobsThatHaveLeftTheLeaseAreLateAndDoNotHoldUpTheOthers() {
        long worker = worker();
        given(jobs(5));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), retried(claimed.get(1), Duration.ofHours(1)), failed(claimed.get(2)));
        assertThat(cancel(new JobId(claimed.get(3).id()))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        List<Long> leases = split(worker, claimed);

        assertThat(leases.subList(0, 4)).containsOnly(0L);
        assertThat(leases.get(4)).isEqualTo(claimed.get(4).lease());
        assertThat(audit().leased()).isOne();
    }

    @Test
    void anotherWorkerAnotherLeaseAndNoLeaseAreLate() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimOne(worker);
        ClaimedJob second = claimOne(worker);

        assertThat(split(worker(), List.of(first))).containsExactly(0L);
        assertThat(split(worker ^ 1, List.of(first))).containsExactly(0L);
        assertThat(await(store().leases()
                        .split(
                                worker,
                                List.of(
                                        new LeasedPart(second.lease(), first.id()),
                                        new LeasedPart(first.lease() + 1_000_000, second.id())))))
                .containsExactly(0L, 0L);
        settle(worker, completed(first), completed(second));
    }

    @Test
    void nothingAskedIsNothingAnswered() {
        assertThat(split(worker(), List.of())).isEmpty();
    }

    @Test
    void aSweepTakesItBackWithTheOthersOnceTheWorkerIsSilent() {
        long worker = worker();
        given(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);
        ClaimedJob alone = alone(worker, claimed.get(1));
        passTime(EXPIRY.plusMinutes(1));

        assertThat(sweep()).isEqualTo(new SweepReport(1, 2, 3, 0));

        assertThat(split(worker, List.of(alone, claimed.get(0)))).containsExactly(0L, 0L);
        assertThat(settleLate(worker, completed(alone))).hasSize(1);
        assertThat(claimAll(worker())).extracting(ClaimedJob::attempt).containsOnly(1);
    }

    @Test
    void itKeepsItsDeadline() {
        // So that the store itself has not just begun.
        passTime(EXPIRY);
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimAll(worker).get(0);
        passTime(DEADLINE.minusMinutes(10));
        ClaimedJob alone = alone(worker, first);

        passTime(Duration.ofMinutes(9));
        assertThat(sweep()).isEqualTo(IDLE);
        passTime(Duration.ofMinutes(1));

        assertThat(sweep()).isEqualTo(new SweepReport(0, 2, 2, 0));
        assertThat(settleLate(worker, completed(alone))).hasSize(1);
    }

    @Test
    void handedBackItTakesItsOldPlaceUncharged() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        given(job());
        ClaimedJob alone = alone(worker, claimed.get(0));

        settle(worker, released(alone));

        ClaimedJob again = claimOne(worker);
        assertThat(new JobId(again.id())).isEqualTo(ids.get(0));
        assertThat(again.attempt()).isOne();
    }

    @Test
    void aLeaseThatItsWorkerDoesNotNameYetIsNotTakenBack() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        passTime(Duration.ofHours(4));
        long lease = claimed.get(0).lease();
        assertThat(heartbeat(worker, Duration.ofHours(1), Set.of(lease)).lost()).isEmpty();

        ClaimedJob alone = alone(worker, claimed.get(0));
        // Sent before the answer to the split has come.
        assertThat(heartbeat(worker, Duration.ofHours(1), Set.of(lease)))
                .isEqualTo(new HeartbeatReply(true, Set.of(), Set.of()));

        settle(worker, completed(alone), completed(claimed.get(1)));
    }

    @Test
    void aCancelEndsItWhereItIs() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(3));
        ClaimedJob alone = alone(worker, claimAll(worker).get(1));

        assertThat(cancel(ids.get(1))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(heartbeat(worker, Set.of(alone.lease())).cancelled()).containsExactly(alone.id());
        assertThat(split(worker, List.of(alone))).containsExactly(0L);
        assertThat(audit().leased()).isEqualTo(2);
    }

    @Test
    void splitsSettlementsCancelsAndSweepsAtOnceLoseNothing() {
        for (int round = 0; round < 5; round++) {
            long worker = worker();
            List<JobId> ids = enqueue(jobs(60));
            List<ClaimedJob> claimed = claimAll(worker);

            List<Object> answers = atOnce(6, caller -> race(caller, worker, claimed, ids));

            @SuppressWarnings("unchecked") // race says so
            List<Long> split = (List<Long>) answers.get(0);
            @SuppressWarnings("unchecked") // race says so
            List<Long> alsoSplit = (List<Long>) answers.get(1);
            for (int i = 0; i < 40; i++) {
                assertThat(split.get(i) == 0
                                || alsoSplit.get(i) == 0
                                || split.get(i).equals(alsoSplit.get(i)))
                        .as("job %d left once", i)
                        .isTrue();
            }
            assertThat(audit().findings()).isEmpty();
            unregister(worker);
            long last = worker();
            settle(last, all(claimAll(last), Outcomes::completed));
            assertThat(audit().leased()).isZero();
        }
    }

    /** Two split the same jobs, one settles some of them, and others cancel, sweep and keep the worker alive. */
    private Mono<Object> race(int caller, long worker, List<ClaimedJob> claimed, List<JobId> ids) {
        return switch (caller) {
            case 0, 1 ->
                store().leases().split(worker, parts(claimed.subList(0, 40))).cast(Object.class);
            case 2 ->
                store().leases()
                        .settle(worker, all(claimed.subList(20, 60), Outcomes::completed))
                        .cast(Object.class);
            case 3 ->
                store().decisions()
                        .cancel(ids.get(30))
                        .then(store().decisions().cancel(ids.get(5)))
                        .cast(Object.class);
            case 4 -> store().workers().sweep(worker).cast(Object.class);
            default -> Mono.fromSupplier(() -> heartbeat(worker, leasesOf(claimed)));
        };
    }

    @Test
    void outcomesOfTheSplitOffFollowTheirNewLease() {
        long worker = worker();
        given(jobs(20));
        List<ClaimedJob> claimed = claimAll(worker);

        List<List<Settlement>> late = atOnce(4, caller -> {
            List<ClaimedJob> mine = claimed.subList(caller * 5, caller * 5 + 5);
            return store().leases()
                    .split(worker, parts(mine))
                    .flatMap(leases -> store().leases().settle(worker, all(moved(mine, leases), Outcomes::completed)));
        });

        assertThat(late).allMatch(List::isEmpty);
        assertThat(audit().completed()).isEqualTo(20);
        assertThat(audit().leased()).isZero();
    }

    private ClaimedJob alone(long worker, ClaimedJob job) {
        return moved(List.of(job), split(worker, List.of(job))).get(0);
    }

    private List<Long> split(long worker, List<ClaimedJob> jobs) {
        return await(store().leases().split(worker, parts(jobs)));
    }

    private static List<LeasedPart> parts(List<ClaimedJob> jobs) {
        return jobs.stream().map(job -> new LeasedPart(job.lease(), job.id())).toList();
    }

    private static List<ClaimedJob> moved(List<ClaimedJob> jobs, List<Long> leases) {
        List<ClaimedJob> moved = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            moved.add(Outcomes.under(leases.get(i), jobs.get(i)));
        }
        return moved;
    }

    private static List<ClaimedJob> rest(List<ClaimedJob> all, List<ClaimedJob> left) {
        Set<ClaimedJob> gone = new HashSet<>(left);
        return all.stream().filter(job -> !gone.contains(job)).toList();
    }
}
