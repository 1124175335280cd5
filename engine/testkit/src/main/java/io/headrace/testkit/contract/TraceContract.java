package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.ERROR_TYPE;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.failure;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The stack traces and fingerprints of failures: what is read of a failure is what was recorded, however long ago. */
abstract class TraceContract extends ContractSuite {

    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Verdict.Failure CRACKED = failure("stone 1", "mill.Stone.grind(Stone.java:12)");
    private static final Verdict.Failure CRACKED_TOO = failure("stone 2", "mill.Stone.grind(Stone.java:12)");
    private static final Verdict.Failure DRY = failure("no water", "mill.Wheel.turn(Wheel.java:7)");

    private List<AttemptFailure> failuresOf(JobId id) {
        return await(store().inspector().findWithTraces(id)).failures();
    }

    private void assertShown(JobId id, Verdict.Failure... expected) {
        assertThat(failuresOf(id))
                .extracting(AttemptFailure::trace)
                .containsExactly(List.of(expected).stream()
                        .map(failure -> ERROR_TYPE + ": " + failure.message() + "\n"
                                + Objects.requireNonNull(failure.trace()).text())
                        .toArray(String[]::new));
        assertThat(find(id).failures())
                .extracting(AttemptFailure::fingerprint)
                .containsExactly(List.of(expected).stream()
                        .map(Verdict.Failure::fingerprint)
                        .toArray(String[]::new));
    }

    private void pruneAll() {
        while (await(store().decisions().prune(RETENTION)) > 0) {
            // A chunk at a time.
        }
    }

    @Test
    void eachFailureShowsItsTraceBelowItsOwnMessage() {
        JobId retried = enqueue(job());
        JobId failed = enqueue(job());
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 2);

        settle(worker, retried(claimed.get(0), CRACKED), failed(claimed.get(1), CRACKED_TOO));

        assertShown(retried, CRACKED);
        assertShown(failed, CRACKED_TOO);
    }

    @Test
    void aTombstoneShowsTheFailuresOfAllItsAttempts() {
        JobId id = enqueue(job());
        long worker = worker();

        settle(worker, retried(claimOne(worker), DRY));
        settle(worker, retried(claimOne(worker), CRACKED));
        settle(worker, failed(claimOne(worker), CRACKED_TOO));

        assertShown(id, DRY, CRACKED, CRACKED_TOO);
    }

    @Test
    void aFailureOnRecordKeepsItsTraceHoweverLongNobodyHasFailedLikeThat() {
        JobId waiting = enqueue(job());
        JobId dead = enqueue(job());
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 2);
        settle(worker, retried(claimed.get(0), CRACKED), retried(claimed.get(1), DRY));
        for (ClaimedJob again : claim(worker, 2)) {
            settle(worker, again.id() == dead.value() ? failed(again, CRACKED) : released(again));
        }

        for (int days = 0; days < 3; days++) {
            passTime(Duration.ofDays(2));
            pruneAll();
        }

        assertShown(waiting, CRACKED);
        assertShown(dead, DRY, CRACKED);
    }

    @Test
    void aTraceThatIsNoLongerKeptIsKeptAgain() {
        JobId first = enqueue(job());
        long worker = worker();
        settle(worker, failed(claimOne(worker), CRACKED));
        passTime(RETENTION.plusDays(1));
        pruneAll();
        assertThat(store().inspector().find(first).blockOptional(PATIENCE)).isEmpty();
        JobId second = enqueue(job());

        long another = worker();
        settle(another, failed(claimOne(another), CRACKED));
        passTime(Duration.ofDays(2));
        pruneAll();

        assertShown(second, CRACKED);
    }

    @Test
    void whatFailedKeepsItsTraceWhenItIsRetriedByHand() {
        JobId id = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), DRY));
        settle(worker, failed(claimOne(worker), CRACKED));

        assertThat(retry(FailedJobs.byId(List.of(id))).retried()).isOne();
        passTime(Duration.ofDays(2));
        pruneAll();

        assertShown(id, DRY, CRACKED);
    }

    @Test
    void whatWasCancelledHasTheFingerprintOfThat() {
        JobId id = enqueue(job());

        assertThat(cancel(id)).isNotNull();

        assertThat(find(id).failures())
                .extracting(AttemptFailure::fingerprint)
                .containsExactly(Fingerprint.of(List.of(Verdict.Failure.CANCELLED)));
    }
}
