package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers, how they stay alive, and how long what they lease is theirs. */
abstract class LeaseContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);

    @Test
    void workersHaveIdsThatNobodyCanGuessAndThatAreNeverUsedAgain() {
        long first = worker();
        unregister(first);
        List<Long> all = List.of(first, worker(), worker(), worker());

        assertThat(all).allMatch(id -> id > 0).doesNotHaveDuplicates();
        assertThat(all.stream().reduce(0L, (a, b) -> a | b))
                .as("random in the high bits as in the low")
                .matches(bits -> (bits >>> 48) != 0 && (bits & 0xFFFF) != 0);
        assertThat(Math.abs(all.get(1) - all.get(2))).as("not in a row").isGreaterThan(1_000_000);
    }

    @Test
    void aHeartbeatOfAWorkerThatHasAllItsLeasesLosesNone() {
        long worker = worker();
        given(jobs(2));
        Set<Long> leases = leasesOf(List.of(claimOne(worker), claimOne(worker)));
        assertThat(leases).hasSize(2);

        assertThat(heartbeat(worker, leases)).isEqualTo(new HeartbeatReply(true, Set.of(), Set.of()));
    }

    @Test
    void aHeartbeatNamesTheLeasesThatAreGone() {
        long worker = worker();
        given(jobs(3));
        ClaimedJob settled = claimOne(worker);
        ClaimedJob running = claimOne(worker);
        ClaimedJob elsewhere = claimOne(worker());
        settle(worker, completed(settled));

        HeartbeatReply reply =
                heartbeat(worker, Set.of(settled.lease(), running.lease(), elsewhere.lease(), 1_000_000_000L));

        assertThat(reply.known()).isTrue();
        assertThat(reply.lost()).containsExactlyInAnyOrder(settled.lease(), elsewhere.lease(), 1_000_000_000L);
    }

    @Test
    void aLeaseThatItsWorkerDoesNotKnowOfGoesBackUnchargedOnceItIsOlderThanTheExpiry() {
        JobId lost = enqueue(job());
        long worker = worker();
        assertThat(claimOne(worker).id()).isEqualTo(lost.value());
        JobId known = enqueue(job());
        long lease = claimOne(worker).lease();

        assertThat(heartbeat(worker, Set.of(lease)).lost()).isEmpty();
        assertThat(find(lost).state()).as("its claim may still be answered").isEqualTo(JobState.LEASED);
        passTime(EXPIRY.minusHours(1));
        assertThat(heartbeat(worker, Set.of(lease)).known()).isTrue();
        passTime(Duration.ofHours(2));
        assertThat(heartbeat(worker, Set.of(lease)).lost()).isEmpty();

        assertThat(find(lost).state()).isEqualTo(JobState.PENDING);
        assertThat(find(lost).attempt()).isZero();
        assertThat(find(known).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void aHeartbeatOfAnUnknownWorkerSaysSo() {
        given(job());
        long lease = claimOne(worker()).lease();

        assertThat(heartbeat(worker() ^ 1, Set.of(lease)))
                .isEqualTo(new HeartbeatReply(false, Set.of(lease), Set.of()));
    }

    @Test
    void heartbeatsKeepAWorkerAndItsLeases() {
        long worker = worker(SHORT);
        JobId id = enqueue(job());
        long lease = claimOne(worker).lease();
        for (int beat = 0; beat < 5; beat++) {
            passTime(SHORT.minusSeconds(5));
            assertThat(heartbeat(worker, SHORT, Set.of(lease))).isEqualTo(new HeartbeatReply(true, Set.of(), Set.of()));
            assertThat(sweep()).isEqualTo(IDLE);
        }

        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void anExpiredWorkerThatNoSweepHasMetLivesOnWithItsNextHeartbeat() {
        long worker = worker(SHORT);
        given(jobs(2));
        ClaimedJob claimed = claimOne(worker);
        passTime(SHORT);

        assertThat(heartbeat(worker, Set.of(claimed.lease()))).isEqualTo(new HeartbeatReply(true, Set.of(), Set.of()));

        assertThat(sweep()).isEqualTo(IDLE);
        assertThat(claimAll(worker)).hasSize(1);
    }

    @Test
    void anExpiredWorkerThatNoSweepHasMetMaySettle() {
        long worker = worker(SHORT);
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        passTime(SHORT);

        settle(worker, completed(claimed));

        assertThat(sweep()).isEqualTo(new SweepReport(1, 0, 0, 0));
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aLeaseEndsAtItsDeadlineHoweverAliveItsWorkerIs() {
        // So that the store itself has not just begun.
        passTime(EXPIRY);
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed =
                claimAll(withDeadline(worker, Duration.ofMinutes(10))).get(0);

        passTime(Duration.ofMinutes(9));
        assertThat(sweep()).isEqualTo(IDLE);
        passTime(Duration.ofMinutes(1));
        assertThat(sweep()).isEqualTo(new SweepReport(0, 1, 1, 0));

        assertThat(heartbeat(worker, Set.of(claimed.lease())))
                .isEqualTo(new HeartbeatReply(true, Set.of(claimed.lease()), Set.of()));
        assertThat(settleLate(worker, completed(claimed))).hasSize(1);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void aLongRunningJobIsNotTakenBeforeItsDeadline() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimAll(withDeadline(worker, Duration.ofHours(1))).get(0);
        passTime(Duration.ofMinutes(47));

        assertThat(sweep()).isEqualTo(IDLE);

        settle(worker, completed(claimed));
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    private static ClaimRequest withDeadline(long worker, Duration deadline) {
        return new ClaimRequest(worker, QUEUE, Map.of(KIND, new Terms(MAX_ATTEMPTS, deadline)), 10);
    }

    @Test
    void aWorkerThatUnregistersHandsItsJobsBackUnchargedInTheirOldPlace() {
        List<JobId> older = enqueue(jobs(3));
        long leaving = worker();
        assertThat(claimAll(leaving)).hasSize(3);
        List<JobId> younger = enqueue(jobs(3));

        unregister(leaving);

        List<ClaimedJob> claimed = claimAll(worker());
        assertThat(idsOf(claimed)).containsExactlyElementsOf(concat(older, younger));
        assertThat(claimed).allMatch(job -> job.attempt() == 1);
        assertThat(leasesOf(claimed)).as("nobody has to run alone").hasSize(1);
        assertThat(sweep()).isEqualTo(IDLE);
    }

    @Test
    void aWorkerThatHasUnregisteredIsUnknown() {
        given(jobs(2));
        long gone = worker();
        ClaimedJob claimed = claimOne(gone);
        unregister(gone);

        assertThat(heartbeat(gone, Set.of(claimed.lease())))
                .isEqualTo(new HeartbeatReply(false, Set.of(claimed.lease()), Set.of()));
        assertThat(settleLate(gone, completed(claimed))).hasSize(1);
        assertThat(claimAll(gone)).isEmpty();
    }

    @Test
    void unregisteringTwiceIsHarmless() {
        long worker = worker();
        unregister(worker);
        unregister(worker);

        assertThat(heartbeat(worker, Set.of()).known()).isFalse();
    }

    @Test
    void whenHeartbeatAndSweepRaceTheWorkerLearnsTheTruth() {
        for (int round = 0; round < 10; round++) {
            given(jobs(5));
            long worker = worker(SHORT);
            long lease = claimAll(worker).get(0).lease();
            passTime(SHORT);

            List<Object> answers = atOnce(
                    2,
                    caller -> caller == 0
                            ? store().workers()
                                    .heartbeat(new HeartbeatRequest(worker, EXPIRY, Set.of(lease), Set.of()))
                                    .cast(Object.class)
                            : sweepAtStart().cast(Object.class));

            HeartbeatReply next = heartbeat(worker, Set.of(lease));
            assertThat(next.known()).isEqualTo(next.lost().isEmpty());
            if (((HeartbeatReply) answers.get(0)).lost().contains(lease)) {
                assertThat(next.lost()).as("a lease once lost").containsExactly(lease);
            }
            unregister(worker);
            long last = worker();
            settle(last, all(claimAll(last), Outcomes::completed));
        }
    }
}
