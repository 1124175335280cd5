package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkAction.Retry;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Bulk operations are stored, belong to one runner at a time, and answer exactly. */
abstract class BulkContract extends BulkSuite {

    private static final BulkAction ANY = new Retry(FailedJobs.ofKind(KIND));

    @Test
    void itIsStoredAsItWasStarted() {
        for (BulkAction action : List.of(
                ANY,
                new Retry(FailedJobs.inQueue(QUEUE)),
                new Retry(FailedJobs.byId(Set.of(new JobId(1), new JobId(2)))),
                new BulkAction.Discard(FailedJobs.ofKind(KIND)),
                new BulkAction.Discard(FailedJobs.withFingerprint("00000000000000ff")),
                new BulkAction.Discard(FailedJobs.withFingerprint("f0000000000000ff")),
                new BulkAction.Cancel(WaitingJobs.inQueue(QUEUE)),
                new BulkAction.Cancel(new WaitingJobs(QUEUE, KIND)))) {
            BulkOperation started = start(action);

            assertThat(started.action()).isEqualTo(action);
            assertThat(started.startedBy()).isEqualTo("ada");
            assertAnswer(started, BulkState.RUNNING, 0, 0);
            assertThat(found(started)).isEqualTo(started);
        }
    }

    @Test
    void whatIsUnknownIsEmpty() {
        for (String id : List.of("1", "999999999999", "99999999999999999999999", "x", "", "1\0")) {
            assertThat(bulk().find(id).blockOptional(PATIENCE)).as(id).isEmpty();
            assertThat(bulk().step(id, RUNNER, LEASE).blockOptional(PATIENCE)).isEmpty();
            finish(bulk().stop(id));
        }
    }

    @Test
    void theListBeginsWithTheLatest() {
        BulkOperation first = start(ANY);
        BulkOperation second = start(ANY);
        BulkOperation third = start(ANY);

        assertThat(await(bulk().list(2).collectList()))
                .extracting(BulkOperation::id)
                .containsExactly(third.id(), second.id())
                .doesNotContain(first.id());
    }

    @Test
    void aStepCarriesOutOneChunkWithItsCounts() {
        assertThat(failedJobs(400)).hasSize(400);
        BulkOperation operation = start(ANY);

        BulkOperation after = step(operation);

        assertThat(after.state()).isEqualTo(BulkState.RUNNING);
        assertThat(after.done()).isBetween(1L, 399L);
        assertThat(audit().pending()).isEqualTo(after.done());
        assertThat(found(operation)).isEqualTo(after);
        assertAnswer(carryOut(operation), BulkState.DONE, 400, 0);
    }

    @Test
    void whoeverStopsItKeepsWhatItHasDone() {
        assertThat(failedJobs(400)).hasSize(400);
        BulkOperation operation = start(ANY);
        long done = step(operation).done();

        stop(operation);
        stop(operation);

        assertThat(found(operation).state()).isEqualTo(BulkState.STOPPING);
        assertAnswer(step(operation), BulkState.STOPPED, done, 0);
        assertThat(audit().tombstones()).isEqualTo(400 - done);
        stop(operation);
        assertThat(found(operation).state()).isEqualTo(BulkState.STOPPED);
    }

    @Test
    void afterTheEndNothingIsDone() {
        BulkOperation operation = start(ANY);
        assertAnswer(step(operation), BulkState.DONE, 0, 0);
        assertThat(failedJobs(1)).hasSize(1);

        assertThat(stepOf(operation, RUNNER)).isEmpty();

        assertThat(audit().tombstones()).isOne();
    }

    @Test
    void onlyItsRunnerMakesSteps() {
        assertThat(failedJobs(1)).hasSize(1);
        BulkOperation operation = start(ANY);

        assertThat(stepOf(operation, RUNNER + 1)).isEmpty();

        assertThat(audit().tombstones()).isOne();
    }

    @Test
    void itIsTakenOverWhenItsLeaseHasExpiredAndByOneOnly() {
        assertThat(failedJobs(400)).hasSize(400);
        BulkOperation operation = start(ANY);
        long done = step(operation).done();
        assertThat(takeOver(8)).as("within the lease").isEmpty();
        passTime(LEASE.plusSeconds(1));

        assertThat(takeOver(8)).map(BulkOperation::id).contains(operation.id());
        assertThat(takeOver(9)).as("it has a runner again").isEmpty();

        assertThat(stepOf(operation, RUNNER)).as("the runner before").isEmpty();
        assertThat(stepOf(operation, 8)).hasValueSatisfying(after -> assertAnswer(after, BulkState.DONE, 400, 0));
        assertThat(done).isPositive();
    }

    @Test
    void aRunnerThatIsLateGoesOnIfNobodyTookItOver() {
        assertThat(failedJobs(1)).hasSize(1);
        BulkOperation operation = start(ANY);
        passTime(LEASE.plusSeconds(1));

        assertThat(step(operation).done()).isOne();
        assertThat(takeOver(8)).isEmpty();
    }

    @Test
    void eachStepExtendsTheLease() {
        assertThat(failedJobs(400)).hasSize(400);
        BulkOperation operation = start(ANY);
        passTime(LEASE.minusSeconds(10));
        assertThat(step(operation).state()).isEqualTo(BulkState.RUNNING);
        passTime(LEASE.minusSeconds(10));

        assertThat(takeOver(8)).isEmpty();
    }

    @Test
    void whatHasEndedIsNotTakenOver() {
        assertThat(carryOut(ANY).state()).isEqualTo(BulkState.DONE);
        passTime(LEASE.plusSeconds(1));

        assertThat(takeOver(8)).isEmpty();
    }

    @Test
    void whatWasAskedToStopIsTakenOverToBeEnded() {
        BulkOperation operation = start(ANY);
        stop(operation);
        passTime(LEASE.plusSeconds(1));

        assertThat(takeOver(8)).isPresent();

        assertThat(stepOf(operation, 8)).map(BulkOperation::state).contains(BulkState.STOPPED);
    }

    @Test
    void aSweepTellsOfOrphans() {
        long sweeper = worker();
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
        BulkOperation operation = start(ANY);
        assertThat(sweep(sweeper)).as("it has a runner").isEqualTo(IDLE);
        passTime(LEASE.plusSeconds(1));

        assertThat(sweep(sweeper)).isEqualTo(new SweepReport(0, 0, 0, 0, true));
        assertThat(sweep(sweeper).isIdle()).isTrue();

        assertThat(takeOver(8)).map(BulkOperation::id).contains(operation.id());
        assertThat(sweep(sweeper)).isEqualTo(IDLE);
    }

    @Test
    void stepsAtTheSameTimeCountEachJobOnce() {
        assertThat(failedJobs(700)).hasSize(700);
        BulkOperation operation = start(ANY);

        assertThat(atOnce(
                        4,
                        caller -> bulk().step(operation.id(), RUNNER, LEASE)
                                .repeat(3)
                                .takeUntil(after -> after.state().isEnded())
                                .then(Mono.just(true))))
                .hasSize(4);

        assertAnswer(found(operation), BulkState.DONE, 700, 0);
        assertThat(audit().pending()).isEqualTo(700);
    }

    @Test
    void whatEndedLongAgoIsPruned() {
        BulkOperation ended = carryOut(ANY);
        BulkOperation open = start(ANY);
        passTime(Duration.ofDays(2));

        assertThat(await(bulk().prune(Duration.ofDays(3)))).isZero();
        assertThat(await(bulk().prune(Duration.ofDays(1)))).isOne();

        assertThat(bulk().find(ended.id()).blockOptional(PATIENCE)).isEmpty();
        assertThat(found(open).state()).isEqualTo(BulkState.RUNNING);
    }

    @Test
    void nothingIsStartedBeforeSubscription() {
        var start = bulk().start(ANY, "ada", RUNNER, LEASE);

        assertThat(await(bulk().list(10).collectList())).isEmpty();
        assertThat(start).isNotNull();
    }
}
