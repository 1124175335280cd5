package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of the jobs of expired leases: none is lost, and none is recorded twice. */
abstract class SweepContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);

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
        Mono<SweepReport> unused = sweepAtStart();

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

        List<SweepReport> reports = atOnce(6, caller -> sweepAtStart());
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
                        ? sweepAtStart().map(report -> List.of())
                        : store().leases()
                                .settle(
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
                        : sweepAtStart());

        assertThat(sweeps).containsOnly(IDLE);
        int left = Math.toIntExact(audit().pending());
        assertThat(claimAll(worker())).hasSize(left);
        assertThat(audit().leased()).isEqualTo(100);
    }
}
