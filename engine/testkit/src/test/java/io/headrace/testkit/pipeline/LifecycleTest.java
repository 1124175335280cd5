package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Heartbeats, sweeps, and stopping. */
class LifecycleTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @Test
    void stoppingHandsBackWhatWaitsAndLetsWhatRunsFinish() {
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(2).prefetch(4))
                        .subscribe(GRIND, job -> Mono.delay(ofSeconds(5)).doOnNext(t -> handled.incrementAndGet())));
        mill.enqueue(engine, 10);
        mill.pass(ofSeconds(1));
        AtomicBoolean stopped = new AtomicBoolean();

        engine.stop(ofSeconds(60)).subscribe(nothing -> {}, error -> {}, () -> stopped.set(true));
        mill.settleDown();
        assertThat(mill.leased()).as("what runs").isEqualTo(2);
        assertThat(stopped).isFalse();
        mill.pass(ofSeconds(6));

        assertThat(stopped).isTrue();
        assertThat(handled).hasValue(2);
        assertThat(mill.leased()).isZero();
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(8).allMatch(job -> job.attempt() == 0);
    }

    @Test
    void afterTheGraceTheRestIsCancelledAndHandedBackUncharged() {
        AtomicBoolean cancelled = new AtomicBoolean();
        JobEngine engine =
                mill.start(e -> e.subscribe(GRIND, job -> Mono.never().doOnCancel(() -> cancelled.set(true))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        List<String> events = new ArrayList<>();

        engine.stop(ofSeconds(20)).subscribe(nothing -> {}, error -> {}, () -> events.add("stopped"));
        mill.pass(ofSeconds(19));
        assertThat(events).isEmpty();
        mill.pass(ofSeconds(2));

        assertThat(events).containsExactly("stopped");
        assertThat(cancelled).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).attempt()).isZero();
    }

    @Test
    void aStopLongerThanTheExpiryKeepsTheLeasesAlive() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.delay(ofMinutes(5))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        JobEngine other = mill.start(e -> e.subscribe(GRIND, job -> Mono.never()));
        mill.pass(ofSeconds(1));

        engine.stop(ofMinutes(10)).subscribe();
        mill.pass(ofMinutes(6));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(other.client()).isNotNull();
    }

    @Test
    void stoppingTwiceOrBeforeStartingIsHarmless() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        AtomicInteger stops = new AtomicInteger();
        engine.stop().subscribe(nothing -> {}, error -> {}, stops::incrementAndGet);
        engine.stop().subscribe(nothing -> {}, error -> {}, stops::incrementAndGet);
        JobEngine never = JobEngine.builder(mill.store()).build();
        never.stop().subscribe(nothing -> {}, error -> {}, stops::incrementAndGet);
        mill.pass(ofSeconds(1));
        List<Throwable> errors = new ArrayList<>();
        engine.start().subscribe(nothing -> {}, errors::add);

        assertThat(stops).hasValue(3);
        assertThat(errors).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("Build a new one"));
    }

    @Test
    void aStartThatItsCallerGivesUpOnGoesOn() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("register");
        JobEngine engine = JobEngine.builder(store.proxy())
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        engine.start().subscribe().dispose();
        AtomicBoolean started = new AtomicBoolean();
        engine.start().subscribe(nothing -> {}, error -> {}, () -> started.set(true));
        assertThat(started).as("while the first start is on its way").isFalse();

        store.letGo();
        mill.settleDown();
        assertThat(started).isTrue();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        mill.stop(engine, ofSeconds(1));
    }

    @Test
    void aClaimWhoseAnswerIsLostIsGivenBackByTheHeartbeats() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        store.loseTheAnswer("claim");
        JobId id = mill.enqueue(mill.start(e -> e.enqueues(GRIND)), GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);
        store.allow("claim");

        mill.pass(ofSeconds(45));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void theFirstSweepIsAtStartUpSoThatJobsOfADeadProcessComeBackWithoutWaiting() {
        Unreliable dead = new Unreliable(mill.store());
        JobEngine crashed = mill.start(dead.proxy(), e -> e.subscribe(GRIND, job -> Mono.never()));
        JobId id = mill.enqueue(crashed, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        dead.refuse("heartbeat");
        dead.refuse("sweep");
        mill.pass(ofSeconds(45));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);

        mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aHandlerWhoseLeaseIsGoneIsCancelledAndItsOutcomeIsNotRecorded() {
        Unreliable slow = new Unreliable(mill.store());
        AtomicBoolean cancelled = new AtomicBoolean();
        JobEngine sleepy = mill.start(
                slow.proxy(), e -> e.subscribe(GRIND, job -> Mono.never().doOnCancel(() -> cancelled.set(true))));
        JobId id = mill.enqueue(sleepy, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        slow.refuse("heartbeat");
        slow.refuse("claim");
        JobEngine awake = mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.pass(ofSeconds(60));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(cancelled).isFalse();

        slow.allow("heartbeat");
        mill.pass(ofSeconds(11));

        assertThat(cancelled).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(awake.client()).isNotNull();
    }

    @Test
    void aWorkerThatWasForgottenRegistersAnewAndWorksOn() {
        Unreliable slow = new Unreliable(mill.store());
        JobEngine sleepy = mill.start(slow.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        slow.refuse("heartbeat");
        mill.start(e -> e.queue("elsewhere").subscribe(GRIND, job -> Mono.empty()));
        mill.pass(ofMinutes(2));

        slow.allow("heartbeat");
        mill.pass(ofSeconds(11));
        JobId id = mill.enqueue(sleepy, GRIND.job("rye"));
        mill.pass(ofSeconds(2));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void heartbeatsGoOnAfterTheyFailedForAWhile() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.delay(ofMinutes(2))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        store.refuse("heartbeat");
        mill.pass(ofSeconds(25));
        store.allow("heartbeat");

        mill.pass(ofMinutes(2));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void anIdleEnginePollsAtItsIntervalAndNoMore() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.pollInterval(ofSeconds(1))).subscribe(GRIND, job -> Mono.empty()));
        mill.pass(ofSeconds(10));
        int before = store.calls("poll");
        int claims = store.calls("claim");

        mill.pass(ofSeconds(100));

        assertThat(store.calls("poll") - before).isBetween(90, 112);
        assertThat(store.calls("claim")).as("nothing was due").isEqualTo(claims);
        assertThat(store.calls("markIdle")).isEqualTo(1);
    }

    @Test
    void aDelayedJobIsRunWhenItIsDueAndNotAtTheNextPoll() {
        List<Long> begun = new ArrayList<>();
        long[] millis = {0};
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.pollInterval(ofSeconds(30)))
                .subscribe(GRIND, job -> {
                    begun.add(millis[0]);
                    return Mono.empty();
                }));
        mill.enqueue(engine, GRIND.job("rye").delay(ofSeconds(45)));
        for (; millis[0] < 60_000; millis[0] += 100) {
            mill.pass(java.time.Duration.ofMillis(100));
        }

        assertThat(begun).singleElement().satisfies(at -> assertThat(at).isBetween(44_800L, 45_200L));
    }
}
