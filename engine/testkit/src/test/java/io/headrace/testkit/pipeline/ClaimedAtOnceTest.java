package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.InvalidJobException;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** An engine with a free slot claims what its own process enqueues as it is enqueued, unless something older is due. */
class ClaimedAtOnceTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;

    @BeforeEach
    void countCalls() {
        store = new Unreliable(mill.store());
    }

    private JobEngine idle(UnaryOperator<JobEngine.Builder> settings) {
        JobEngine engine = mill.start(
                store.proxy(),
                e -> settings.apply(
                        e.queue("default", q -> q.concurrency(3).prefetch(0).pollInterval(ofHours(1)))));
        mill.pass(ofSeconds(1));
        return engine;
    }

    @Test
    void anIdleEngineRunsItsOwnJobsWithoutAClaim() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        int claims = store.calls("claim");

        mill.enqueue(engine, 10);
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(10);
        assertThat(store.calls("enqueueAndClaim")).isEqualTo(10);
        assertThat(store.calls("enqueue")).isZero();
        assertThat(store.calls("claim")).isEqualTo(claims);
    }

    @Test
    void aJobRunsBeforeItsCallerIsAnswered() {
        List<String> order = new ArrayList<>();
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.fromRunnable(() -> order.add("run"))));

        engine.client().enqueue(GRIND.job("sack")).subscribe(answer -> order.add("answered"));
        mill.settleDown();

        assertThat(order).containsExactly("run", "answered");
    }

    @Test
    void noMoreIsLeasedThanHasSlots() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.delay(ofSeconds(7))));

        mill.enqueue(engine, 10);
        mill.settleDown();

        assertThat(store.calls("enqueueAndClaim")).isEqualTo(3);
        assertThat(mill.leased()).isEqualTo(3);
        mill.pass(ofMinutes(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(10);
    }

    @Test
    void slotsForJobsOnTheirWayAreGivenToNoOthers() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.delay(ofSeconds(7))));
        store.hold("enqueue");
        engine.client().enqueue(GRIND.job("held")).subscribe();
        mill.settleDown();

        JobEngine other = mill.start(e -> e.enqueues(GRIND));
        mill.enqueue(other, 10);
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isEqualTo(2);

        store.letGo();
        mill.settleDown();
        assertThat(mill.leased())
                .as("what was enqueued waits as what is older does")
                .isEqualTo(3);
        mill.pass(ofMinutes(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(11);
    }

    @Test
    void whatIsDueLaterHasAKeyOrGoesElsewhereIsEnqueuedAsEver() {
        JobType<String> elsewhere = JobType.of("grind", String.class).queue("weir");
        JobType<String> sift = JobType.of("sift", String.class);
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()).enqueues(sift));

        mill.enqueue(engine, GRIND.job("later").delay(ofSeconds(30)));
        mill.enqueue(engine, GRIND.job("keyed").uniqueKey("one"));
        mill.enqueue(engine, elsewhere.job("elsewhere"));
        mill.enqueue(engine, sift.job("sifted by others"));
        mill.pass(ofMinutes(1));

        assertThat(store.calls("enqueueAndClaim")).isZero();
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(2);
    }

    @Test
    void aJobThatIsRefusedLeavesItsSlotAndTheOthersAlone() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        List<Throwable> errors = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            engine.client().enqueue(GRIND.job("a\u0000b")).subscribe(answer -> {}, errors::add);
        }
        mill.enqueue(engine, 3);
        mill.settleDown();

        assertThat(errors).hasSize(5).hasOnlyElementsOfType(InvalidJobException.class);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
        assertThat(store.calls("enqueue")).isZero();
    }

    @Test
    void jobsWhoseAnswerIsLostRunAfterAnExpiry() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        store.loseTheAnswer("enqueue");
        engine.client().enqueue(GRIND.job("sack")).subscribe(answer -> {}, error -> {});
        mill.settleDown();
        store.allow("enqueue");
        assertThat(mill.leased()).isEqualTo(1);

        mill.pass(ofMinutes(2));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(1);
        mill.enqueue(engine, 3);
        mill.settleDown();
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(4);
    }

    @Test
    void anEngineThatStopsWaitsForWhatIsOnItsWay() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        store.hold("enqueue");
        List<JobId> ids = new ArrayList<>();
        engine.client().enqueue(GRIND.job("held")).subscribe(answer -> ids.add(answer.id()));
        List<String> stopped = new ArrayList<>();
        engine.stop(ofSeconds(30)).subscribe(nothing -> {}, error -> {}, () -> stopped.add("stopped"));
        mill.pass(ofMillis(500));
        assertThat(stopped).isEmpty();

        store.letGo();
        mill.pass(ofMillis(500));

        assertThat(stopped).hasSize(1);
        assertThat(mill.find(ids.get(0)).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.leased()).isZero();
    }

    @Test
    void aStoppedEnginesClientGoesOnEnqueueing() {
        JobEngine engine = idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.stop(engine, ofSeconds(1));

        mill.enqueue(engine, 3);
        mill.settleDown();

        assertThat(store.calls("enqueueAndClaim")).isZero();
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(3);
    }

    /** Enqueued by others, and heard of, however long the engine has been idle. */
    @Test
    void anEngineThatPollsSeldomIsWokenAfterManyHeartbeats() {
        idle(e -> e.subscribe(GRIND, job -> Mono.empty()));
        JobEngine other = mill.start(e -> e.enqueues(GRIND));
        mill.pass(ofMinutes(5));

        mill.enqueue(other, 3);
        mill.pass(ofSeconds(1));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
    }
}
