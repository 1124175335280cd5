package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.RetryPolicy;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What an engine asks of the store while nothing is to be done, and how soon it finds what comes. */
class IdleEngineTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Duration> begun = new ArrayList<>();
    private Unreliable store;
    private JobClient elsewhere;

    @BeforeEach
    void openTheStore() {
        store = new Unreliable(mill.store());
        elsewhere = JobClient.create(mill.store());
    }

    private JobEngine engine(int queues) {
        return mill.start(store.proxy(), e -> {
            JobEngine.Builder builder = e.queue("default", q -> q);
            for (int i = 1; i < queues; i++) {
                builder = builder.queue("q" + i, q -> q);
            }
            return builder.subscribe(GRIND, job -> Mono.fromRunnable(() -> begun.add(mill.now())));
        });
    }

    private void enqueueElsewhere(Duration delay) {
        elsewhere.enqueue(GRIND.job("rye").delay(delay)).subscribe();
        mill.settleDown();
    }

    @Test
    void anEngineWithOneQueueAsksLittle() {
        assertThat(callsInTenMinutes(1)).isLessThanOrEqualTo(120);
    }

    @Test
    void withAThousandQueuesItAsksNoMoreOften() {
        assertThat(callsInTenMinutes(1_000)).isLessThanOrEqualTo(120);
    }

    /** Besides, the PostgreSQL store probes its listening connection twice a minute. */
    private int callsInTenMinutes(int queues) {
        engine(queues);
        mill.pass(ofMinutes(2));
        int before = store.calls();
        int polls = store.calls("poll");
        int claims = store.calls("claim");
        mill.pass(ofMinutes(10));
        assertThat(store.calls("poll") - polls).isBetween(26, 36);
        assertThat(store.calls("claim")).isEqualTo(claims);
        return store.calls() - before;
    }

    @Test
    void whereWakeUpsAreNotHeardItPollsEachSecondForAllQueuesAtOnce() {
        store.announce(Flux.just((WakeUp) WakeUp.Silence.INSTANCE).concatWith(Flux.never()));
        engine(100);
        mill.pass(ofSeconds(30));
        int before = store.calls("poll");

        mill.pass(ofSeconds(100));

        assertThat(store.calls("poll") - before).isBetween(90, 200);
    }

    @Test
    void fromTheMomentAtWhichWakeUpsFallSilentItPollsEachSecond() {
        Sinks.Many<WakeUp> wakeUps = Sinks.many().multicast().onBackpressureBuffer();
        store.announce(wakeUps.asFlux());
        wakeUps.tryEmitNext(WakeUp.EveryQueue.INSTANCE).orThrow();
        engine(1);
        mill.pass(ofMinutes(2));
        wakeUps.tryEmitNext(WakeUp.Silence.INSTANCE).orThrow();
        Duration now = mill.now();
        enqueueElsewhere(Duration.ZERO);
        mill.pass(ofMillis(1_100));

        assertThat(begun).hasSize(1);
        assertThat(begun.get(0).minus(now)).isLessThanOrEqualTo(ofMillis(1_100));
        wakeUps.tryEmitNext(WakeUp.EveryQueue.INSTANCE).orThrow();
        mill.pass(ofMinutes(2));
        int before = store.calls("poll");
        mill.pass(ofMinutes(10));
        assertThat(store.calls("poll") - before).as("heard again").isBetween(26, 36);
    }

    @Test
    void aJobWhoseWakeUpWasLostIsFoundByAPoll() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        engine(3);
        mill.pass(ofMinutes(5));
        enqueueElsewhere(Duration.ZERO);
        assertThat(begun).isEmpty();

        mill.pass(ofSeconds(22));

        assertThat(begun).hasSize(1);
    }

    @Test
    void onceOneWasLostItPollsEachSecondForSomeTime() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        engine(3);
        mill.pass(ofMinutes(5));
        enqueueElsewhere(Duration.ZERO);
        mill.pass(ofSeconds(22));
        enqueueElsewhere(Duration.ZERO);

        mill.pass(ofMillis(1_100));

        assertThat(begun).hasSize(2);
        mill.pass(ofMinutes(3));
        int before = store.calls("poll");
        mill.pass(ofMinutes(10));
        assertThat(store.calls("poll") - before).as("when that is over").isBetween(26, 36);
    }

    @Test
    void aJobThatComesJustAfterAQueueFellAsleepIsFoundSoonAllTheSame() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        JobEngine engine = engine(1);
        mill.pass(ofMinutes(5));
        mill.enqueue(engine, GRIND.job("oats").runAt(java.time.Instant.EPOCH));
        assertThat(begun).hasSize(1);
        enqueueElsewhere(Duration.ZERO);

        mill.pass(ofMillis(100));

        assertThat(begun).hasSize(2);
    }

    @Test
    void afterAHeartbeatThatFailedItDoubtsThatWakeUpsAreHeard() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        engine(1);
        mill.pass(ofMinutes(2));
        store.refuse("heartbeat");
        mill.pass(ofSeconds(11));
        store.allow("heartbeat");
        int before = store.calls("poll");
        mill.pass(ofSeconds(10));
        assertThat(store.calls("poll") - before).isBetween(8, 25);

        mill.pass(ofMinutes(2));
        int calm = store.calls("poll");
        mill.pass(ofMinutes(1));
        assertThat(store.calls("poll") - calm).isLessThan(5);
    }

    @Test
    void pollsGoOnAfterOnesThatFailed() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        engine(1);
        mill.pass(ofMinutes(2));
        store.refuse("poll");
        mill.pass(ofMinutes(2));
        int before = store.calls("poll");
        mill.pass(ofMinutes(1));
        assertThat(store.calls("poll") - before).as("while they fail").isBetween(10, 30);
        store.allow("poll");
        enqueueElsewhere(Duration.ZERO);

        mill.pass(ofSeconds(7));

        assertThat(begun).hasSize(1);
    }

    @Test
    void aDelayedJobFromElsewhereRunsWhenItIsDueAndCostsOneClaim() {
        engine(1);
        mill.pass(ofMinutes(2));
        int claims = store.calls("claim");
        Duration now = mill.now();

        enqueueElsewhere(ofSeconds(3));
        mill.pass(ofMillis(2_990));
        assertThat(store.calls("claim")).as("before it is due").isEqualTo(claims);
        mill.pass(ofMillis(20));

        assertThat(begun).hasSize(1);
        assertThat(begun.get(0).minus(now)).isBetween(ofMillis(3_000), ofMillis(3_010));
    }

    @Test
    void ofSeveralDelayedJobsEachRunsWhenItIsDue() {
        engine(1);
        mill.pass(ofMinutes(2));
        Duration now = mill.now();

        enqueueElsewhere(ofSeconds(25));
        enqueueElsewhere(ofSeconds(5));
        enqueueElsewhere(ofSeconds(15));
        mill.pass(ofSeconds(26));

        assertThat(begun).extracting(at -> at.minus(now).toSeconds()).containsExactly(5L, 15L, 25L);
    }

    @Test
    void aJobThatIsAnnouncedToABusyEngineRunsWhenItIsDue() {
        mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(1).prefetch(0)).subscribe(GRIND, job -> {
                    begun.add(mill.now());
                    return job.payload().equals("long")
                            ? Mono.delay(ofSeconds(6)).then()
                            : Mono.empty();
                }));
        mill.pass(ofMinutes(2));
        Duration now = mill.now();
        elsewhere.enqueue(GRIND.job("long")).subscribe();
        mill.settleDown();

        enqueueElsewhere(ofSeconds(8));
        enqueueElsewhere(ofSeconds(3));
        mill.pass(ofSeconds(9));

        assertThat(begun).extracting(at -> at.minus(now).toSeconds()).containsExactly(0L, 6L, 8L);
    }

    @Test
    void whatTheEngineItselfRetriesRunsWhenItIsDue() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.pollInterval(ofHours(1)))
                        .subscribe(JobHandler.<String>of(GRIND, job -> {
                                    begun.add(mill.now());
                                    return job.attempt() < 3
                                            ? Mono.error(new IllegalStateException("stones"))
                                            : Mono.empty();
                                })
                                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofSeconds(7))))));
        mill.pass(ofMinutes(2));
        Duration now = mill.now();

        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(15));

        assertThat(begun).extracting(at -> at.minus(now).toSeconds()).containsExactly(0L, 7L, 14L);
    }

    @Test
    void theEnginesOwnDelayedJobRunsWhenItIsDue() {
        store.announce(Flux.just((WakeUp) WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()));
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.pollInterval(ofHours(1)))
                        .subscribe(GRIND, job -> Mono.fromRunnable(() -> begun.add(mill.now()))));
        mill.pass(ofMinutes(2));
        Duration now = mill.now();

        mill.enqueue(engine, GRIND.job("rye").delay(ofMinutes(1)));
        mill.enqueue(engine, GRIND.job("rye").delay(ofSeconds(4)));
        mill.pass(ofMinutes(2));

        assertThat(begun).extracting(at -> at.minus(now).toSeconds()).containsExactly(4L, 60L);
    }
}
