package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of the jobs of expired leases: none is lost, none is recorded twice, and only the guilty are charged. */
public abstract class SweepContract extends StoreContract {

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final SweepReport IDLE = new SweepReport(0, 0, 0, 0);

    @Test
    void aSweepLeavesTheLivingAlone() {
        long worker = worker();
        given(jobs(3));
        given(job().delay(SHORT));
        List<ClaimedJob> claimed = claimAll(worker);

        assertThat(sweep()).isEqualTo(IDLE);

        settle(worker, all(claimed, Outcomes::completed));
    }

    @Test
    void nothingIsSweptBeforeSubscription() {
        long worker = worker(SHORT);
        passTime(SHORT);
        Mono<SweepReport> unused = store().sweep();

        assertThat(unused).isNotNull();
        assertThat(heartbeat(worker, Set.of()).known()).isTrue();
    }

    @Test
    void aSweepForgetsASilentWorker() {
        long worker = worker(SHORT);
        passTime(SHORT);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 0, 0, 0));

        assertThat(heartbeat(worker, Set.of()).known()).isFalse();
    }

    @Test
    void theJobsOfASilentWorkerRunElsewhere() {
        List<JobId> ids = enqueue(jobs(5));
        assertThat(claimAll(worker(SHORT))).hasSize(5);
        passTime(SHORT);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 5, 0));

        assertThat(idsOf(claimAll(worker()))).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aSecondSweepFindsNothing() {
        given(jobs(5));
        assertThat(claimAll(worker(SHORT))).hasSize(5);
        passTime(SHORT);

        assertThat(sweep().isIdle()).isFalse();
        assertThat(sweep()).isEqualTo(IDLE);
    }

    @Test
    void leaseMatesAreNotChargedAndEachRunsAloneFromThenOn() {
        loseLeaseOf(enqueue(jobs(4)));

        List<ClaimedJob> claimed = claimAll(worker());

        assertThat(claimed).hasSize(4).allSatisfy(job -> {
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(find(new JobId(job.id())).failures()).isEmpty();
        });
        assertThat(leasesOf(claimed)).hasSize(4);
    }

    @Test
    void jobsThatMustBeAloneStaySoHoweverTheyComeBack() {
        loseLeaseOf(enqueue(jobs(4)));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, released(claimed.get(0)), released(claimed.get(1)));
        settle(worker, retried(claimed.get(2), Duration.ZERO));
        unregister(worker);

        assertThat(leasesOf(claimAll(worker()))).hasSize(4);
    }

    @Test
    void theLastOfALeaseOfManyIsNotChargedEither() {
        JobId last = enqueue(jobs(3)).get(2);
        long worker = worker(SHORT);
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), completed(claimed.get(1)));
        passTime(SHORT);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 1, 0));

        assertThat(find(last).attempt()).isZero();
        assertThat(find(last).failures()).isEmpty();
    }

    @Test
    void aJobThatLosesALeaseOfItsOwnIsCharged() {
        JobId id = enqueue(job());
        loseLeaseOf(List.of(id));

        JobSnapshot found = find(id);

        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(found.attempt()).isEqualTo(1);
        assertThat(found.failures()).hasSize(1).first().satisfies(failure -> {
            assertThat(failure.attempt()).isEqualTo(1);
            assertThat(failure.errorType()).isEqualTo("io.headrace.LeaseExpired");
            assertThat(failure.message()).isNotBlank();
        });
        assertThat(claimOne(worker()).attempt()).isEqualTo(2);
    }

    @Test
    void aPoisonJobIsBuriedAndItsLeaseMatesAreNot() {
        List<JobId> ids = enqueue(jobs(3));
        JobId poison = ids.get(1);
        loseLeaseOf(ids);
        for (int crash = 0; crash < MAX_ATTEMPTS; crash++) {
            long worker = worker(SHORT);
            List<ClaimedJob> claimed = claimAll(worker);
            settle(
                    worker,
                    claimed.stream()
                            .filter(job -> job.id() != poison.value())
                            .map(Outcomes::completed)
                            .toList());
            passTime(SHORT);
            assertThat(sweep().leases()).isEqualTo(1);
        }

        assertThat(find(poison).state()).isEqualTo(JobState.FAILED);
        assertThat(find(poison).failures()).map(AttemptFailure::attempt).containsExactly(1, 2, 3);
        assertThat(audit().completed()).isEqualTo(2);
        assertThat(claimAll(worker())).isEmpty();
    }

    @Test
    void aJobsOwnNumberOfAttemptsGoesBeforeThatOfTheClaim() {
        JobId fewer = enqueue(job().maxAttempts(1));
        JobId more = enqueue(job().kind(Draft.OTHER_KIND).maxAttempts(MAX_ATTEMPTS + 1));
        for (int crash = 0; crash < MAX_ATTEMPTS; crash++) {
            assertThat(claimAll(worker(SHORT))).isNotEmpty();
            passTime(SHORT);
            assertThat(sweep().isIdle()).isFalse();
        }

        assertThat(find(fewer).state()).isEqualTo(JobState.FAILED);
        assertThat(find(fewer).attempt()).isEqualTo(1);
        assertThat(find(more).state()).isEqualTo(JobState.PENDING);
        assertThat(find(more).attempt()).isEqualTo(MAX_ATTEMPTS);
    }

    @Test
    void aPoisonJobIsBuriedThoughNobodyAliveKnowsItsKind() {
        long bystander = worker();
        JobId id = enqueue(job().kind("quarry").maxAttempts(1));
        assertThat(claimAll(request(worker(SHORT), "quarry"))).hasSize(1);
        passTime(SHORT);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 0, 1));

        assertThat(claimAll(bystander)).isEmpty();
        assertThat(find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(find(id).failures()).map(AttemptFailure::errorType).containsExactly("io.headrace.LeaseExpired");
    }

    @Test
    void failuresOfHandlersAndOfLeasesStandInOneList() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), SHORT, "first"));
        passTime(SHORT);
        assertThat(claimAll(worker(SHORT))).hasSize(1);
        passTime(SHORT);
        assertThat(sweep().returned()).isEqualTo(1);
        settle(worker, failed(claimOne(worker), "third"));

        assertThat(find(id).failures())
                .map(AttemptFailure::errorType)
                .containsExactly(Outcomes.ERROR_TYPE, "io.headrace.LeaseExpired", Outcomes.ERROR_TYPE);
        assertThat(find(id).failures()).map(AttemptFailure::attempt).containsExactly(1, 2, 3);
    }

    @Test
    void afterASweepTheOldWorkerCannotSettle() {
        JobId id = enqueue(job());
        long silent = worker(SHORT);
        ClaimedJob old = claimOne(silent);
        passTime(SHORT);
        assertThat(sweep().returned()).isEqualTo(1);

        assertThat(settleLate(silent, completed(old))).containsExactly(completed(old));

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void afterASweepOnlyTheNewLeaseDecides() {
        JobId id = enqueue(job());
        long silent = worker(SHORT);
        ClaimedJob old = claimOne(silent);
        passTime(SHORT);
        assertThat(sweep().returned()).isEqualTo(1);
        long next = worker();
        ClaimedJob now = claimOne(next);

        assertThat(settleLate(silent, failed(old))).hasSize(1);
        settle(next, completed(now));
        assertThat(settleLate(silent, failed(old))).hasSize(1);

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void sweepsAtOnceShareTheWork() {
        given(jobs(60));
        for (int worker = 0; worker < 20; worker++) {
            assertThat(claim(worker(SHORT), 3)).hasSize(3);
        }
        passTime(SHORT);

        List<SweepReport> reports = atOnce(6, caller -> store().sweep());
        SweepReport rest = sweep();

        assertThat(reports.stream().mapToLong(SweepReport::workers).sum() + rest.workers())
                .isEqualTo(20);
        assertThat(reports.stream().mapToLong(SweepReport::returned).sum() + rest.returned())
                .isEqualTo(60);
        assertThat(sweep()).isEqualTo(IDLE);
        assertThat(claimAll(worker())).hasSize(60);
    }

    @Test
    void whenSweepAndSettlementRaceEachJobIsRecordedOnce() {
        int rounds = 10;
        int settled = 0;
        for (int round = 0; round < rounds; round++) {
            List<JobId> ids = enqueue(jobs(40));
            settled += raceSweepAgainstSettlement();
            // What the sweep took is finished here, so that the next round meets its own jobs only.
            long next = worker();
            settle(next, all(claimAll(next), Outcomes::completed));
            assertThat(ids).allMatch(id -> find(id).state() == JobState.COMPLETED);
        }

        assertThat(settled).isBetween(0, rounds * 40);
        assertThat(audit().completed()).isEqualTo(rounds * 40L);
    }

    private int raceSweepAgainstSettlement() {
        long silent = worker(SHORT);
        List<ClaimedJob> claimed = claimAll(silent);
        passTime(SHORT);

        List<List<Settlement>> late = atOnce(
                5,
                caller -> caller == 4
                        ? store().sweep().map(report -> List.of())
                        : store().settle(
                                        silent,
                                        all(claimed.subList(caller * 10, caller * 10 + 10), Outcomes::completed)));

        List<Settlement> tooLate = late.stream().flatMap(List::stream).toList();
        assertThat(audit().pending()).as("put back by the sweep").isEqualTo(tooLate.size());
        assertThat(tooLate).allMatch(lost -> find(new JobId(lost.job())).state() == JobState.PENDING);
        return 40 - tooLate.size();
    }

    @Test
    void sweepsThatRaceClaimsTakeNothingFromTheLiving() {
        for (int batch = 0; batch < 20; batch++) {
            given(jobs(5));
        }
        List<Long> workers = List.of(worker(), worker(), worker(), worker());

        List<SweepReport> sweeps = atOnce(
                16,
                caller -> caller % 2 == 0
                        ? Mono.fromSupplier(() -> {
                            assertThat(claim(workers.get(caller / 4), 25)).hasSizeLessThanOrEqualTo(25);
                            return IDLE;
                        })
                        : store().sweep());

        assertThat(sweeps).containsOnly(IDLE);
        int left = Math.toIntExact(audit().pending());
        assertThat(claimAll(worker())).hasSize(left);
        assertThat(audit().leased()).isEqualTo(100);
    }

    /** A worker claims all of these and falls silent; a sweep puts them back. */
    private void loseLeaseOf(List<JobId> ids) {
        assertThat(idsOf(claimAll(worker(SHORT)))).containsExactlyInAnyOrderElementsOf(ids);
        passTime(SHORT);
        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, ids.size(), 0));
    }
}
