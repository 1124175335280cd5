package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.operate.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Bulk operations in the process that starts them, and in others that go on with them. */
class BulkTest {

    private static final BulkAction RETRY = new BulkAction.Retry(FailedJobs.ofKind("grind"));

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;
    private JobOperator desk;

    @BeforeEach
    void openTheDesk() {
        store = new Unreliable(mill.store());
        desk = JobOperator.builder(store.proxy()).name("ada").build();
    }

    private void givenFailed(int jobs) {
        JobEngine broken = mill.start(e ->
                e.subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no stones")))
                        .retry(RetryPolicy.never())));
        mill.enqueue(broken, jobs);
        mill.pass(ofMinutes(1));
        assertThat(failed()).isEqualTo(jobs);
        mill.stop(broken, ofSeconds(1));
    }

    private long failed() {
        return mill.store().jobs(JobState.FAILED).size();
    }

    private BulkOperation start(JobOperator at, BulkAction action) {
        List<BulkOperation> started = new ArrayList<>();
        at.bulk().start(action).subscribe(started::add);
        return started.get(0);
    }

    private BulkOperation found(BulkOperation operation) {
        return desk.bulk().find(operation.id()).block();
    }

    @Test
    void itGoesOnInTheBackgroundChunkByChunk() {
        givenFailed(1_000);

        BulkOperation operation = start(desk, RETRY);

        assertThat(failed()).as("one chunk at once").isEqualTo(750);
        assertThat(found(operation).done()).isEqualTo(250);
        mill.pass(ofSeconds(5));
        BulkOperation end = found(operation);
        assertThat(end.state()).isEqualTo(BulkState.DONE);
        assertThat(List.of(end.matched(), end.done(), end.raced(), end.pruned()))
                .containsExactly(1_000L, 1_000L, 0L, 0L);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(1_000);
    }

    @Test
    void itIsLoggedWhenItIsStartedAndStopped() {
        givenFailed(1_000);
        BulkOperation operation = start(desk, RETRY);
        desk.bulk().stop(operation.id()).block();

        List<Decision> log = desk.decisions(null, 10).collectList().block();

        assertThat(log).extracting(Decision::action).containsExactly("stop bulk retry", "start bulk retry");
        assertThat(log).extracting(Decision::actor).containsOnly("ada");
        assertThat(log.get(1).subject()).isEqualTo("failed jobs of kind grind");
        assertThat(log.get(1).answer()).isEqualTo("operation " + operation.id());
        assertThat(log.get(0).answer()).isEqualTo("stopping");
    }

    @Test
    void itStopsAfterTheChunkInFlight() {
        givenFailed(1_000);
        BulkOperation operation = start(desk, RETRY);

        assertThat(desk.bulk().stop(operation.id()).block().state()).isEqualTo(BulkState.STOPPING);
        mill.pass(ofSeconds(5));

        assertThat(found(operation).state()).isEqualTo(BulkState.STOPPED);
        assertThat(found(operation).done()).isEqualTo(250);
        assertThat(failed()).isEqualTo(750);
    }

    @Test
    void aWatcherSeesItGrowAndTheEnd() {
        givenFailed(1_000);
        BulkOperation operation = start(desk, RETRY);
        List<BulkOperation> seen = new ArrayList<>();
        AtomicBoolean completed = new AtomicBoolean();
        desk.bulk().watch(operation.id()).subscribe(seen::add, e -> {}, () -> completed.set(true));

        mill.pass(ofSeconds(10));

        assertThat(seen).extracting(BulkOperation::done).startsWith(250L).endsWith(1_000L);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(completed).isTrue();
        int looks = store.calls("find");
        mill.pass(ofSeconds(10));
        assertThat(store.calls("find")).isEqualTo(looks);
    }

    @Test
    void whatIsUnknownCannotBeWatchedOrStopped() {
        assertThat(desk.bulk().watch("77").collectList().block()).isEmpty();
        assertThat(desk.bulk().stop("77").blockOptional()).isEmpty();
    }

    @Test
    void anEngineGoesOnIfItsProcessHasGone() {
        givenFailed(1_000);
        JobEngine gone = mill.start(e -> e);
        BulkOperation operation = start(gone.operator(), RETRY);
        mill.stop(gone, ofMillis(1));
        long left = failed();
        assertThat(left).isPositive();

        mill.start(e -> e);
        mill.pass(ofSeconds(20));
        assertThat(failed()).as("within the lease").isEqualTo(left);
        mill.pass(ofMinutes(1));

        assertThat(found(operation).state()).isEqualTo(BulkState.DONE);
        assertThat(found(operation).done()).isEqualTo(1_000);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(1_000);
    }

    @Test
    void whoeverWatchesGoesOnIfItsProcessHasGone() {
        givenFailed(1_000);
        JobEngine gone = mill.start(e -> e);
        BulkOperation operation = start(gone.operator(), RETRY);
        mill.stop(gone, ofMillis(1));

        desk.bulk().watch(operation.id()).subscribe();
        mill.pass(ofMinutes(2));

        assertThat(found(operation).state()).isEqualTo(BulkState.DONE);
        assertThat(found(operation).done()).isEqualTo(1_000);
    }

    @Test
    void whoeverListsOperationsGoesOnWithThem() {
        givenFailed(1_000);
        JobEngine gone = mill.start(e -> e);
        BulkOperation operation = start(gone.operator(), RETRY);
        mill.stop(gone, ofMillis(1));
        mill.pass(ofMinutes(1));
        assertThat(failed()).isPositive();

        for (int looks = 0; looks < 5; looks++) {
            assertThat(desk.bulk().list(10).collectList().block()).hasSize(1);
        }
        assertThat(store.calls("takeOver"))
                .as("one that found it, and one that found no other")
                .isEqualTo(2);
        mill.pass(ofSeconds(10));

        assertThat(mill.store().bulk().find(operation.id()).block().state()).isEqualTo(BulkState.DONE);
    }

    @Test
    void enginesWithoutOperationsAskForNone() {
        mill.start(store.proxy(), e -> e);
        mill.pass(ofMinutes(30));

        assertThat(store.calls("sweep")).isPositive();
        assertThat(store.calls("takeOver")).isZero();
    }

    @Test
    void aStepThatFailsIsTriedAgainAndCountsOnce() {
        givenFailed(1_000);
        store.loseTheAnswer("step");
        BulkOperation operation = start(desk, RETRY);
        store.allow("step");

        mill.pass(ofMinutes(1));

        assertThat(found(operation).state()).isEqualTo(BulkState.DONE);
        assertThat(found(operation).done()).isEqualTo(1_000);
    }

    @Test
    void whatKeepsFailingIsLeftToOthers() {
        givenFailed(1_000);
        store.refuse("step");
        BulkOperation operation = start(desk, RETRY);
        mill.pass(ofMinutes(5));
        assertThat(failed()).isEqualTo(1_000);

        mill.start(e -> e);
        mill.pass(ofMinutes(1));

        assertThat(found(operation).state()).isEqualTo(BulkState.DONE);
    }

    @Test
    void waitingJobsAreCancelled() {
        JobEngine elsewhere = mill.start(e -> e.queue("other", q -> q).enqueues(GRIND));
        mill.enqueue(elsewhere, 300);
        mill.pass(ofSeconds(1));

        BulkOperation operation = start(desk, new BulkAction.Cancel(WaitingJobs.inQueue("default")));
        mill.pass(ofSeconds(5));

        assertThat(found(operation).done()).isEqualTo(300);
        assertThat(mill.store().jobs(JobState.CANCELLED)).hasSize(300);
    }

    @Test
    void selectionsHaveBounds() {
        Set<JobId> many = LongStream.rangeClosed(1, 1_001).mapToObj(JobId::new).collect(Collectors.toSet());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new BulkAction.Retry(FailedJobs.byId(many)))
                .withMessageContaining("1001 are given, 1 to 1000 are allowed");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new BulkAction.Discard(FailedJobs.byId(List.of())));
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new WaitingJobs(null, null));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> desk.bulk().list(101).blockLast());
    }
}
