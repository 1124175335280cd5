package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobProgress;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a heartbeat reports of the sweep: an engine sweeps only if there is a reason. */
abstract class NextSweepContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);

    @Test
    void whereNothingExpiresThereIsNothingToSweep() {
        long worker = worker();
        given(job());

        assertThat(ask(worker).sweepIn()).isNull();
    }

    @Test
    void aHeartbeatThatDoesNotAskIsNotTold() {
        long worker = worker();
        assertThat(worker(SHORT)).isNotZero();
        passTime(SHORT);

        assertThat(heartbeat(worker, Set.of()).sweepIn()).isNull();
    }

    @Test
    void theExpiryOfAnotherWorkerIsKnownAheadAndItsLeasesAreSweptAfterIt() {
        long worker = worker();
        given(job());
        assertThat(claimAll(worker(SHORT))).hasSize(1);

        assertThat(ask(worker).sweepIn()).isPositive().isLessThanOrEqualTo(SHORT);
        passTime(SHORT);
        assertThat(ask(worker).sweepIn()).isZero();

        assertThat(sweep(worker)).isEqualTo(new SweepReport(1, 1, 1, 0));
        assertThat(ask(worker).sweepIn()).isNull();
    }

    @Test
    void theDeadlineOfALeaseIsKnownAhead() {
        // So that the store itself has not just begun.
        passTime(EXPIRY);
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        assertThat(ask(worker, claimed.lease()).sweepIn()).isPositive().isLessThanOrEqualTo(DEADLINE);
        passTime(DEADLINE);
        assertThat(ask(worker, claimed.lease()).sweepIn()).isZero();

        assertThat(sweep(worker).returned()).isEqualTo(1);
        assertThat(ask(worker).sweepIn()).isNull();
    }

    @Test
    void soIsTheReleaseOfAKeyThatOutlastsItsJob() {
        long worker = worker();
        given(job().uniqueKey("rye").uniqueFor(SHORT));
        settle(worker, Outcomes.completed(claimOne(worker)));

        assertThat(ask(worker).sweepIn()).isPositive().isLessThanOrEqualTo(SHORT);
        passTime(SHORT);
        assertThat(ask(worker).sweepIn()).isZero();

        assertThat(sweep(worker)).isEqualTo(IDLE);
        assertThat(ask(worker).sweepIn()).isNull();
    }

    @Test
    void theProgressOfASweptJobIsSweptInTurn() {
        long silent = worker(SHORT);
        given(job());
        ClaimedJob claimed = claimOne(silent);
        finish(store().leases()
                .note(silent, List.of(new ProgressNote(claimed.lease(), claimed.id(), new JobProgress(50, null)))));
        passTime(SHORT);
        long worker = worker();

        for (int sweeps = 0; ask(worker).sweepIn() != null; sweeps++) {
            assertThat(sweep(worker)).isNotNull();
            assertThat(sweeps).as("sweeps until nothing is left").isLessThan(3);
        }
    }

    private HeartbeatReply ask(long worker, Long... leases) {
        return await(store().workers()
                .heartbeat(new HeartbeatRequest(worker, EXPIRY, Set.of(leases), Set.of(), Set.of(), false, true)));
    }
}
