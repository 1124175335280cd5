package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.FailedJobs;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredStep;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Steps run once, however often their job does. */
class StepTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> ran = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private Unreliable store;

    record Receipt(String id, int cents) {}

    @BeforeEach
    void watchTheStore() {
        store = new Unreliable(mill.store());
    }

    private JobEngine start(Function<Job<String>, Publisher<?>> handler) {
        RetryPolicy policy = RetryPolicy.defaults().maxAttempts(3).backoff(Backoff.fixed(ofSeconds(1)));
        return mill.start(
                store.proxy(),
                e -> e.subscribe(JobHandler.<String>of(GRIND, handler).retry(policy)));
    }

    private <T> Mono<T> work(String name, T value) {
        return Mono.fromSupplier(() -> {
            ran.add(name);
            return value;
        });
    }

    private JobSteps stepsOf(JobId id) {
        return mill.store().steps().read(List.of(id.value())).block().get(0);
    }

    private static Mono<Void> failFirst(Job<String> job) {
        return job.attempt() == 1 ? Mono.error(new IllegalStateException("torn")) : Mono.empty();
    }

    @Test
    void aStepThatIsRecordedDoesNotRunAgain() {
        JobEngine engine = start(job -> job.step("charge", Receipt.class, () -> work("charge", new Receipt("r-1", 199)))
                .doOnNext(seen::add)
                .flatMap(receipt -> job.step("mail", () -> work("mail", "sent")))
                .then(failFirst(job)));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isEqualTo(2);
        assertThat(ran).containsExactly("charge", "mail");
        assertThat(seen).containsExactly(new Receipt("r-1", 199), new Receipt("r-1", 199));
        assertThat(stepsOf(id).steps()).extracting(StoredStep::name).containsExactly("charge", "mail");
        assertThat(stepsOf(id).steps()).extracting(StoredStep::attempt).containsExactly(1, 1);
        assertThat(stepsOf(id).steps().get(1).value()).as("of no interest").isNull();
    }

    @Test
    void whatAStepReturnsIsSeenOnceItIsRecorded() {
        store.holdTheAnswer("record");
        JobEngine engine = start(job ->
                job.step("charge", String.class, () -> work("charge", "r-1")).doOnNext(seen::add));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        assertThat(ran).containsExactly("charge");
        assertThat(seen).isEmpty();

        store.letGo();
        mill.settleDown();

        assertThat(seen).containsExactly("r-1");
    }

    @Test
    void anEmptyStepIsEmptyAgain() {
        JobEngine engine = start(job -> job.step("ship", String.class, () -> {
                    ran.add("ship");
                    return Mono.empty();
                })
                .defaultIfEmpty("nothing")
                .doOnNext(seen::add)
                .then(failFirst(job)));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(ran).containsExactly("ship");
        assertThat(seen).containsExactly("nothing", "nothing");
    }

    @Test
    void aStepThatFailsFailsTheAttemptAndRunsAgain() {
        JobEngine engine = start(job -> job.step("weigh", () -> work("weigh", 1))
                .then(job.step("charge", () -> work("charge", 1).then(failFirst(job)))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(ran).containsExactly("weigh", "charge", "charge");
        assertThat(mill.find(id).failures())
                .singleElement()
                .satisfies(f -> assertThat(f.message()).isEqualTo("torn"));
        assertThat(stepsOf(id).steps()).extracting(StoredStep::attempt).containsExactly(1, 2);
    }

    @Test
    void aHandlerMayDealWithTheErrorAndTryTheStepAgain() {
        AtomicInteger tries = new AtomicInteger();
        JobEngine engine = start(job -> job.step(
                        "charge",
                        String.class,
                        () -> tries.incrementAndGet() < 3
                                ? Mono.error(new IllegalStateException("busy"))
                                : Mono.just("r-1"))
                .retry(2)
                .doOnNext(seen::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isOne();
        assertThat(seen).containsExactly("r-1");
    }

    @Test
    void stepsRunAtTheSameTime() {
        JobEngine engine = start(job -> Mono.zip(
                        job.step(
                                "rye",
                                String.class,
                                () -> Mono.delay(ofSeconds(3)).then(work("rye", "a"))),
                        job.step(
                                "oats",
                                String.class,
                                () -> Mono.delay(ofSeconds(3)).then(work("oats", "b"))))
                .doOnNext(both -> seen.add(both.getT1() + both.getT2()))
                .then(failFirst(job)));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMillis(3_100));
        assertThat(seen).containsExactly("ab");
        mill.pass(ofSeconds(3));

        assertThat(seen).containsExactly("ab", "ab");
        assertThat(ran).containsExactlyInAnyOrder("rye", "oats");
        assertThat(store.calls("read")).as("one look an attempt").isEqualTo(2);
    }

    @Test
    void aStepMayHaveStepsInIt() {
        JobEngine engine = start(job -> job.step(
                        "outer",
                        String.class,
                        () -> job.step("inner", String.class, () -> work("inner", "r-1"))
                                .flatMap(inner -> work("outer", inner + "!")
                                        .then(failFirst(job))
                                        .thenReturn(inner + "!")))
                .doOnNext(seen::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(ran).containsExactly("inner", "outer", "outer");
        assertThat(seen).containsExactly("r-1!");
        assertThat(stepsOf(id).steps()).extracting(StoredStep::name).containsExactly("inner", "outer");
    }

    @Test
    void aGenericValueIsReadIntoItsType() throws NoSuchMethodException {
        Type receipts = StepTest.class.getDeclaredMethod("receipts").getGenericReturnType();
        JobEngine engine = start(job -> job.<Map<String, Receipt>>step(
                        "charge", receipts, () -> work("charge", Map.of("rye", new Receipt("r-1", 7))))
                .doOnNext(map -> seen.add(map.get("rye").cents()))
                .then(failFirst(job)));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(seen).containsExactly(7, 7);
    }

    static Map<String, Receipt> receipts() {
        return Map.of();
    }

    @Test
    void stepsSurviveASnoozeAndTheTombstone() {
        JobEngine engine = start(job -> job.step("charge", () -> work("charge", 1))
                .thenReturn(
                        switch (ran.size()) {
                            case 0 -> JobOutcome.snooze(ofSeconds(1));
                            default -> seen.isEmpty() ? JobOutcome.fail("no stones") : JobOutcome.complete();
                        }));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));
        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        seen.add("the stones are there");

        engine.operator().retryFailed(FailedJobs.ofKind("grind")).subscribe();
        mill.pass(ofSeconds(5));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge");
    }

    @Test
    void manyJobsRecordTheirStepsInFewStatements() {
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(100))
                        .subscribe(
                                GRIND,
                                job -> Mono.delay(ofSeconds(1))
                                        .then(job.step("weigh", () -> Mono.delay(ofSeconds(1))))
                                        .then(job.step("grind", () -> Mono.delay(ofSeconds(1))))));
        store.delay("record", ofMillis(1));
        store.delay("read", ofMillis(1));
        mill.enqueue(engine, 100);

        mill.pass(ofSeconds(30));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(100);
        assertThat(store.calls("record")).isLessThan(10);
        assertThat(store.calls("read")).isLessThan(5);
    }

    @Test
    void jobsWithoutStepsAskNothingAndWriteNothing() {
        JobEngine engine = start(job -> Mono.empty());
        mill.enqueue(engine, 20);

        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(20);
        assertThat(store.calls("read") + store.calls("record") + store.calls("move"))
                .isZero();
    }

    @Test
    void aLongLoopGoesOnFromItsCursor() {
        JobEngine engine = start(job -> job.cursor(Integer.class)
                .defaultIfEmpty(0)
                .flatMapMany(from -> Flux.range(from, 10 - from))
                .concatMap(nr -> {
                    ran.add("row " + nr);
                    return nr == 6 && job.attempt() == 1
                            ? Mono.error(new IllegalStateException("torn"))
                            : job.cursor(nr + 1);
                })
                .then(job.cursor(Integer.class).doOnNext(seen::add)));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).hasSize(11).contains("row 0", "row 9");
        assertThat(ran.subList(6, 8)).containsExactly("row 6", "row 6");
        assertThat(seen).containsExactly(10);
    }

    @Test
    void ofCursorsThatComeAtOnceTheLastCounts() {
        AtomicInteger recorded = new AtomicInteger();
        JobEngine engine = start(job -> Flux.range(1, 200)
                .flatMap(nr -> job.cursor(nr).doOnSuccess(done -> recorded.incrementAndGet()), 200)
                .then(Mono.delay(ofHours(1))));
        store.delay("move", ofMillis(1));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMinutes(1));

        assertThat(recorded).hasValue(200);
        assertThat(stepsOf(id).cursor())
                .isNotNull()
                .matches(cursor -> cursor.value().equals("200"));
        assertThat(store.calls("move")).isLessThan(10);
    }

    /** Durations are what the work took. */
    @Test
    void aStepSaysHowLongItTook() {
        JobEngine engine = start(job -> job.step("grind", () -> Mono.delay(ofSeconds(42))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMinutes(1));

        Duration took = stepsOf(id).steps().get(0).took();
        assertThat(took).isEqualTo(ofSeconds(42));
    }
}
