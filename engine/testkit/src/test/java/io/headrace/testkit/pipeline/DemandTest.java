package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.EnqueueOverflowException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.StoreException;
import io.headrace.UnknownKindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Demand bounds everything: leases, fetched jobs, outcomes that wait, callers that wait. */
class DemandTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @Test
    void withSlowHandlersNoMoreIsLeasedThanConcurrencyAndPrefetch() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(5).prefetch(3))
                        .subscribe(
                                GRIND,
                                job -> Mono.delay(ofSeconds(7))
                                        .doOnSubscribe(s -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                                        .doFinally(s -> running.decrementAndGet())));
        mill.enqueue(engine, 100);

        for (int i = 0; i < 60; i++) {
            mill.pass(ofSeconds(1));
            assertThat(mill.leased()).isLessThanOrEqualTo(8);
        }

        assertThat(most).hasValue(5);
        mill.pass(ofMinutes(3));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(100);
    }

    @Test
    void withoutPrefetchOnlyWhatRunsIsLeased() {
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(5).prefetch(0))
                        .subscribe(GRIND, job -> Mono.delay(ofSeconds(7))));
        mill.enqueue(engine, 100);

        mill.pass(ofSeconds(1));

        assertThat(mill.leased()).isEqualTo(5);
    }

    @Test
    void whatWasFetchedAheadAndHasWaitedTooLongIsHandedBackUncharged() {
        JobEngine engine = mill.start(
                e -> e.queue("default", q -> q.concurrency(2).prefetch(4)).subscribe(GRIND, job -> Mono.never()));
        mill.enqueue(engine, 10);
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isEqualTo(6);

        mill.pass(ofSeconds(25));

        assertThat(mill.leased())
                .as("what runs, and no longer what waits for it")
                .isEqualTo(2);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(8).allMatch(job -> job.attempt() == 0);
    }

    @Test
    void aStoreThatIsAwayStopsTheClaimingAndLosesNoOutcome() {
        Unreliable store = new Unreliable(mill.store());
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(5).prefetch(5))
                        .subscribe(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet)));
        store.refuse("settle");
        mill.enqueue(engine, 100);

        mill.pass(ofSeconds(15));
        assertThat(handled).as("handled while no outcome could be recorded").hasValue(15);
        assertThat(mill.leased()).isEqualTo(15);

        store.allow("settle");
        mill.pass(ofSeconds(15));
        assertThat(handled).hasValue(100);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(100);
    }

    @Test
    void claimsGoOnAfterTheStoreWasAway() {
        Unreliable store = new Unreliable(mill.store());
        store.refuse("claim");
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.enqueue(engine, 10);
        mill.pass(ofMinutes(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).isEmpty();

        store.allow("claim");
        mill.pass(ofSeconds(10));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(10);
    }

    @Test
    void wakeUpsDoNotHurryAStoreThatIsAway() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        store.refuse("claim");
        int before = store.calls("claim");
        JobClient elsewhere = JobClient.create(mill.store());
        for (int i = 0; i < 1_000; i++) {
            elsewhere.enqueue(GRIND.job("x")).subscribe();
            mill.pass(ofMillis(1));
        }

        assertThat(store.calls("claim") - before).as("claims in a second").isBetween(2, 6);
        store.allow("claim");
        mill.pass(ofSeconds(10));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(1_000);
    }

    @Test
    void callersThatAreFasterThanTheStoreAreToldSoAndTheRestIsWritten() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("enqueue");
        JobEngine engine = mill.start(
                store.proxy(), e -> e.client(c -> c.maxWaitingJobs(50)).subscribe(GRIND, job -> Mono.never()));
        List<Throwable> refused = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            engine.client().enqueue(GRIND.job("x")).subscribe(id -> {}, refused::add);
        }

        assertThat(refused)
                .hasSize(49)
                .allSatisfy(error -> assertThat(error).isInstanceOfSatisfying(EnqueueOverflowException.class, e -> {
                    assertThat(e.limit()).isEqualTo(50);
                    assertThat(e.waiting()).isEqualTo(50);
                }));

        store.letGo();
        mill.settleDown();
        assertThat(mill.store().enqueued(GRIND)).hasSize(51);
    }

    @Test
    void aStreamOfJobsIsSlowedToTheStoresPace() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("enqueue");
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.never()));
        AtomicInteger asked = new AtomicInteger();
        engine.client()
                .enqueueAll(Flux.range(0, 100_000)
                        .doOnNext(i -> asked.incrementAndGet())
                        .map(i -> GRIND.job("x")))
                .subscribe();

        assertThat(asked.get()).isLessThanOrEqualTo(2_048);
        store.letGo();
    }

    @ParameterizedTest
    @CsvSource({"300, 2", "1000, 4"})
    void callsAtTheSameTimeShareAStatementAndManyShareAFew(int calls, int statements) {
        Unreliable store = new Unreliable(mill.store());
        store.hold("enqueue");
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.never()));

        mill.enqueue(engine, calls);
        store.letGo();
        mill.settleDown();

        assertThat(mill.store().enqueued(GRIND)).hasSize(calls);
        assertThat(store.calls("enqueue") + store.calls("enqueueAndClaim")).isEqualTo(statements);
    }

    @Test
    void ofCallsThatShareAStatementOnlyTheGuiltyOneFails() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("enqueue");
        store.refusePayload("\"poison\"");
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.never()));
        List<Throwable> errors = new ArrayList<>();
        List<JobId> ids = new ArrayList<>();
        for (String payload : List.of("a", "b", "poison", "c", "d")) {
            engine.client().enqueue(GRIND.job(payload)).subscribe(e -> ids.add(e.id()), errors::add);
        }
        store.letGo();
        mill.settleDown();

        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        assertThat(errors).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("payload"));
        assertThat(mill.store().enqueued(GRIND)).hasSize(4);
    }

    @Test
    void aBatchWithOneBadJobEnqueuesNoneOfIt() {
        JobEngine engine = mill.start(e -> e.client(c -> c.maxPayloadBytes(100)).subscribe(GRIND, job -> Mono.never()));
        List<Throwable> errors = new ArrayList<>();

        engine.client()
                .enqueueAll(List.of(GRIND.job("a"), GRIND.job("x".repeat(200)), GRIND.job("b")))
                .subscribe(ids -> {}, errors::add);
        mill.settleDown();

        assertThat(errors).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("limit of 100 bytes"));
        assertThat(mill.store().enqueued(GRIND)).isEmpty();
    }

    @Test
    void aKindThatNobodyHandlesIsRefusedUnlessAnotherServiceIsSaidTo() {
        JobType<String> sift = JobType.of("sift", String.class);
        JobType<String> sell = JobType.of("sell", String.class);
        JobEngine engine =
                mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()).enqueues(sell));
        List<Throwable> errors = new ArrayList<>();

        engine.client().enqueue(sift.job("x")).subscribe(id -> {}, errors::add);
        engine.client().enqueue(sell.job("x")).subscribe(id -> {}, errors::add);
        mill.pass(ofMinutes(1));

        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        UnknownKindException.class, e -> assertThat(e.kind()).isEqualTo("sift"));
        assertThat(mill.store().enqueued(sell))
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(JobState.PENDING));
    }

    @Test
    void aCallerThatGoesAwayWhileItsJobWaitsTakesItAlong() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("enqueue");
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.never()));
        engine.client().enqueue(GRIND.job("on its way")).subscribe().dispose();
        engine.client().enqueue(GRIND.job("waiting")).subscribe().dispose();
        store.letGo();
        mill.settleDown();

        assertThat(mill.store().enqueued(GRIND)).extracting("payload").containsExactly("\"on its way\"");
    }

    @Test
    void anEngineWhoseStoreIsAwayDoesNotStartAndCanBeStartedLater() {
        Unreliable store = new Unreliable(mill.store());
        store.refuse("register");
        JobEngine engine = JobEngine.builder(store.proxy())
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        List<Throwable> errors = new ArrayList<>();
        engine.start().subscribe(nothing -> {}, errors::add);
        assertThat(errors).singleElement().isInstanceOf(StoreException.class);

        store.allow("register");
        engine.start().subscribe();
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(1);
        mill.stop(engine, ofSeconds(1));
    }
}
