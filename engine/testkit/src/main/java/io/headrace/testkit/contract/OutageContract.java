package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Silence and deadlines count only while the worker that sweeps could be heard itself. */
abstract class OutageContract extends ContractSuite {

    private static final Duration EXPIRY = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final SweepReport ONE = new SweepReport(1, 1, 1, 0);

    private void beat(long worker) {
        assertThat(heartbeat(worker, EXPIRY, Set.of()).known()).isTrue();
    }

    /** The worker is heard all the time. */
    private void passHearing(long worker, Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            passTime(STEP);
            beat(worker);
        }
    }

    @Test
    void whoLivedThroughAnOutageKeepsItsLeases() {
        long sweeper = worker(EXPIRY);
        long other = worker(EXPIRY);
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(other);
        passTime(OUTAGE);

        beat(sweeper);
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        passHearing(sweeper, EXPIRY.minus(STEP));
        assertThat(sweep(sweeper)).isEqualTo(IDLE);

        assertThat(heartbeat(other, EXPIRY, Set.of(claimed.lease())))
                .isEqualTo(new HeartbeatReply(true, Set.of(), Set.of()));
        passHearing(sweeper, STEP.multipliedBy(2));
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        settle(other, completed(claimed));
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void whoDiedInAnOutageIsGivenUpAnExpiryAfterIt() {
        long sweeper = worker(EXPIRY);
        JobId id = enqueue(job());
        assertThat(claimOne(worker(EXPIRY)).id()).isEqualTo(id.value());
        passTime(OUTAGE);
        beat(sweeper);

        passHearing(sweeper, EXPIRY.plus(STEP));

        assertThat(sweep(sweeper)).isEqualTo(ONE);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void whoDiedWhileTheSweeperWasHeardIsGivenUpAfterItsExpiry() {
        long sweeper = worker(EXPIRY);
        passTime(OUTAGE);
        beat(sweeper);
        passHearing(sweeper, OUTAGE);
        given(job());
        ClaimedJob claimed = claimOne(worker(EXPIRY));

        passHearing(sweeper, EXPIRY.minus(STEP));
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        passHearing(sweeper, STEP);
        assertThat(sweep(sweeper)).isEqualTo(ONE);

        assertThat(settleLate(sweeper, completed(claimed))).hasSize(1);
    }

    @Test
    void anOutageShorterThanTheSweepersOwnExpiryCountsToo() {
        long sweeper = worker(EXPIRY.multipliedBy(3));
        given(job());
        ClaimedJob claimed = claimOne(worker(EXPIRY));
        passTime(EXPIRY.plus(STEP));

        assertThat(await(store().workers()
                                .heartbeat(new HeartbeatRequest(sweeper, EXPIRY, Set.of(), Set.of(), Set.of(), true)))
                        .known())
                .isTrue();
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        passHearing(sweeper, EXPIRY.plus(STEP));
        assertThat(sweep(sweeper)).isEqualTo(ONE);

        assertThat(settleLate(sweeper, completed(claimed))).hasSize(1);
    }

    @Test
    void whoIsUnknownOrHasExpiredItselfSweepsNobody() {
        long expired = worker(EXPIRY);
        given(job());
        assertThat(claimAll(worker(EXPIRY))).hasSize(1);
        passTime(OUTAGE);

        assertThat(sweep(expired)).isEqualTo(IDLE);
        assertThat(sweep(expired ^ 1)).isEqualTo(IDLE);
    }

    @Test
    void whoHasJustStartedGivesUpTheSilentAtOnce() {
        given(job());
        assertThat(claimAll(worker(EXPIRY))).hasSize(1);
        passTime(EXPIRY);

        assertThat(sweep(worker(EXPIRY))).isEqualTo(ONE);
    }

    @Test
    void whoStartsAfterAnOutageLearnsOfItFromThoseWhoLivedThroughIt() {
        long sooner = worker(EXPIRY);
        long later = worker(EXPIRY);
        given(job());
        ClaimedJob claimed = claimOne(later);
        passTime(OUTAGE);
        beat(sooner);

        assertThat(sweep(worker(EXPIRY))).isEqualTo(IDLE);

        assertThat(heartbeat(later, EXPIRY, Set.of(claimed.lease())).lost()).isEmpty();
    }

    @Test
    void whoRegistersAgainKnowsThatItWasAway() {
        given(job());
        ClaimedJob claimed = claimOne(worker(EXPIRY));
        passTime(OUTAGE);
        long again = await(store().workers().register("miller", Set.of(QUEUE), EXPIRY, true));

        assertThat(sweep(again)).isEqualTo(IDLE);
        passHearing(again, EXPIRY.plus(STEP));
        assertThat(sweep(again)).isEqualTo(ONE);

        assertThat(settleLate(again, completed(claimed))).hasSize(1);
    }

    @Test
    void aDeadlineThatPassesInAnOutageLeavesTheWorkerItsExpiryToSettle() {
        long sweeper = worker(EXPIRY);
        long other = worker(EXPIRY);
        given(Draft.jobs(2));
        ClaimRequest one =
                new ClaimRequest(other, QUEUE, Map.of(KIND, new Terms(MAX_ATTEMPTS, Duration.ofMinutes(1))), 1);
        ClaimedJob settled = claimAll(one).get(0);
        ClaimedJob forgotten = claimAll(one).get(0);
        Set<Long> leases = Set.of(settled.lease(), forgotten.lease());
        passTime(OUTAGE);
        beat(sweeper);

        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        assertThat(heartbeat(other, EXPIRY, leases).lost()).isEmpty();
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        settle(other, completed(settled));

        for (int step = 0; step < 4; step++) {
            passHearing(sweeper, STEP);
            assertThat(heartbeat(other, EXPIRY, Set.of(forgotten.lease())).lost())
                    .isEmpty();
        }
        assertThat(sweep(sweeper)).as("however alive its worker is").isEqualTo(new SweepReport(0, 1, 1, 0));
    }
}
