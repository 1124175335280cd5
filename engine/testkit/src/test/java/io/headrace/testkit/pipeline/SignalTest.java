package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.BatchOutcome;
import io.headrace.Delivery;
import io.headrace.InvalidJobException;
import io.headrace.InvalidSettingException;
import io.headrace.InvalidValueException;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobReason;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.ValueUnreadableException;
import io.headrace.observe.JobInterceptor;
import io.headrace.signal.AwaitedPage;
import io.headrace.signal.AwaitedSignal;
import io.headrace.signal.SignalAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Handlers that wait for signals. */
class SignalTest {

    private static final String KEY = "flour";

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> seen = new ArrayList<>();
    private Unreliable store;

    @BeforeEach
    void watchTheStore() {
        store = new Unreliable(mill.store());
    }

    /** A handler as it is written: asks first, then waits. */
    private Mono<JobOutcome> bake(Job<String> job) {
        return job.signal(KEY, String.class)
                .map(flour -> {
                    seen.add("baked with " + flour + " on attempt " + job.attempt());
                    return JobOutcome.complete();
                })
                .switchIfEmpty(job.timedOut(KEY).map(late -> {
                    seen.add(late ? "gave up" : "waits");
                    return late ? JobOutcome.cancel("no flour") : JobOutcome.await(KEY, ofHours(1));
                }));
    }

    private JobEngine baking() {
        return mill.start(store.proxy(), e -> e.subscribe(GRIND, this::bake));
    }

    private SignalAnswer signal(JobEngine engine, Object value) {
        return signal(engine, KEY, value);
    }

    private SignalAnswer signal(JobEngine engine, String key, Object value) {
        List<SignalAnswer> answers = new ArrayList<>();
        engine.client().signal(key, value).subscribe(answers::add);
        mill.settleDown();
        return answers.get(0);
    }

    @Test
    void aSignalWakesAHandlerThatWaits() {
        JobEngine engine = baking();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMinutes(10));
        assertThat(seen).containsExactly("waits");
        assertThat(mill.leased()).isZero();

        assertThat(signal(engine, "rye flour")).isEqualTo(new SignalAnswer(true, 1));

        assertThat(seen).containsExactly("waits", "baked with rye flour on attempt 1");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aSignalThatCameBeforeIsReadAtOnce() {
        JobEngine engine = baking();
        assertThat(signal(engine, "old flour")).isEqualTo(new SignalAnswer(true, 0));

        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        assertThat(seen).containsExactly("baked with old flour on attempt 1");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aSignalBetweenTheQuestionAndTheWaitIsNotMissed() {
        List<MonoSink<JobOutcome>> waiting = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.subscribe(
                GRIND,
                job -> job.signal(KEY, String.class)
                        .map(flour -> JobOutcome.complete())
                        .switchIfEmpty(Mono.create(waiting::add))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        assertThat(signal(engine, "flour")).as("nobody waits yet").isEqualTo(new SignalAnswer(true, 0));
        waiting.get(0).success(JobOutcome.await(KEY, ofDays(1)));
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void theTimeoutRunsTheHandlerWithoutASignal() {
        JobEngine engine = baking();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMinutes(59));
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        mill.pass(ofMinutes(2));

        assertThat(seen).containsExactly("waits", "gave up");
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aWaitIsNotCharged() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>of(
                        GRIND, job -> Mono.just(JobOutcome.await("again-" + seen.size() + seen.add(""), ofSeconds(1))))
                .retry(RetryPolicy.defaults().maxAttempts(1))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMinutes(1));

        assertThat(seen).hasSizeGreaterThan(20);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).attempt()).isZero();
    }

    @Test
    void aRetryReadsTheSameSignal() {
        JobEngine engine = mill.start(e -> e.subscribe(
                GRIND,
                job -> job.signal(KEY, String.class)
                        .flatMap(flour -> {
                            seen.add(flour + " " + job.attempt());
                            return job.attempt() == 1
                                    ? Mono.error(new IllegalStateException("hot"))
                                    : Mono.just(JobOutcome.complete());
                        })
                        .defaultIfEmpty(JobOutcome.await(KEY, ofHours(1)))));
        mill.enqueue(engine, GRIND.job("rye"));
        signal(engine, "flour");
        assertThat(signal(engine, "other")).isEqualTo(new SignalAnswer(false, 0));

        mill.pass(ofMinutes(5));

        assertThat(seen).containsExactly("flour 1", "flour 2");
    }

    @Test
    void aSignalWithoutAValueIsASignal() {
        JobEngine engine = mill.start(e -> e.subscribe(
                GRIND,
                job -> job.signalled(KEY)
                        .map(came -> came ? JobOutcome.complete() : JobOutcome.await(KEY, ofHours(1)))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        List<SignalAnswer> answers = new ArrayList<>();
        engine.client().signal(KEY).subscribe(answers::add);
        mill.settleDown();

        assertThat(answers).containsExactly(new SignalAnswer(true, 1));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void jobsThatAskTogetherShareAStatement() {
        JobEngine engine = mill.start(
                store.proxy(), e -> e.queue("default", q -> q.concurrency(100)).subscribe(GRIND, this::bake));
        mill.enqueue(engine, 60);
        mill.pass(ofMinutes(1));
        assertThat(seen).hasSize(60).containsOnly("waits");

        assertThat(signal(engine, "flour")).isEqualTo(new SignalAnswer(true, 60));

        assertThat(seen).hasSize(120).contains("baked with flour on attempt 1");
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(60);
    }

    @Test
    void jobsThatDoNotAskCostNothing() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.enqueue(engine, 60);

        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(60);
        assertThat(store.calls("read")).isZero();
    }

    @Test
    void whileTheStoreIsAwayAQuestionWaits() {
        JobEngine engine = baking();
        store.refuse("read");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(2));
        assertThat(seen).isEmpty();

        store.allow("read");
        mill.pass(ofSeconds(5));

        assertThat(seen).containsExactly("waits");
        assertThat(mill.find(id).failures()).isEmpty();
    }

    @Test
    void aValueOfAnotherTypeFailsTheAttempt() {
        JobEngine engine = mill.start(e -> e.subscribe(
                GRIND,
                job -> job.signal(KEY, Integer.class)
                        .map(flour -> JobOutcome.complete())
                        .onErrorMap(error -> {
                            seen.add(error.getClass().getName());
                            return error;
                        })));
        signal(engine, "flour");

        mill.enqueue(engine, GRIND.job("rye"));

        assertThat(seen).contains(ValueUnreadableException.class.getName());
    }

    @Test
    void deliveriesWaitAndReadSignals() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        deliveries.get(0).settle(JobOutcome.await(KEY, ofHours(1))).subscribe();
        mill.pass(ofSeconds(1));

        assertThat(signal(engine, "flour")).isEqualTo(new SignalAnswer(true, 1));
        mill.pass(ofSeconds(1));

        deliveries.get(1).job().signal(KEY, String.class).subscribe(seen::add);
        deliveries.get(1).complete().subscribe();
        mill.pass(ofSeconds(1));
        assertThat(seen).containsExactly("flour");
    }

    @Test
    void jobsOfABatchWaitOneByOne() {
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.concurrency(10))
                .subscribe(JobHandler.batch(
                        GRIND,
                        b -> b.most(10).wait(ofSeconds(1)),
                        batch -> Flux.fromIterable(batch.jobs())
                                .flatMap(job -> job.signalled(job.payload())
                                        .filter(came -> !came)
                                        .map(none ->
                                                BatchOutcome.of(job, JobOutcome.await(job.payload(), ofHours(1))))))));
        JobId rye = mill.enqueue(engine, GRIND.job("rye"));
        JobId wheat = mill.enqueue(engine, GRIND.job("wheat"));
        mill.pass(ofSeconds(2));

        assertThat(signal(engine, "rye", null)).isEqualTo(new SignalAnswer(true, 1));
        mill.pass(ofSeconds(2));

        assertThat(mill.find(rye).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(wheat).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void aHandlerThatIsTestedByItselfHasNoSignal() {
        Job<String> job = new Job<>(new JobId(1), "grind", "default", 4, 1, 3, "rye", Map.of(), null);

        assertThat(job.signal(KEY, String.class).blockOptional()).isEmpty();
        assertThat(job.signalled(KEY).block()).isFalse();
        assertThat(job.timedOut(KEY).block()).isFalse();
    }

    @Test
    void invalidKeysAndValuesAreRefused() {
        JobEngine engine = baking();
        for (String key : List.of("", " ", "k".repeat(300), "a\u0000b", "\uD800")) {
            assertThatThrownBy(() -> JobOutcome.await(key, ofHours(1))).isInstanceOf(InvalidJobException.class);
            assertThatThrownBy(() -> engine.client().signal(key, 1).block()).isInstanceOf(InvalidJobException.class);
        }
        assertThatThrownBy(() -> JobOutcome.await(KEY, ofHours(-1))).isInstanceOf(InvalidJobException.class);
        assertThatThrownBy(() -> engine.client().signal(KEY, "x".repeat(65_535)).block())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("65536");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatThrownBy(() -> engine.client().signal(KEY, endless).block())
                .isInstanceOf(InvalidValueException.class);
        assertThat(signal(engine, "x".repeat(65_534))).isEqualTo(new SignalAnswer(true, 0));
    }

    @Test
    void oldSignalsAreForgotten() {
        JobEngine engine = mill.start(e -> e.signalRetention(ofHours(1)).subscribe(GRIND, this::bake));
        signal(engine, "flour");
        mill.pass(ofMinutes(50));
        assertThat(signal(engine, "flour").created()).isFalse();

        mill.pass(ofMinutes(20));

        assertThat(signal(engine, "flour").created()).isTrue();
    }

    @Test
    void operatorsSeeWhoWaitsAndSendSignals() {
        JobEngine engine = baking();
        JobOperator operator = engine.operator();
        JobId first = mill.enqueue(engine, GRIND.job("rye"));
        JobId second = mill.enqueue(engine, GRIND.job("wheat"));

        AwaitedPage page = operator.awaiting(null, null, 1).block();
        assertThat(page.waits()).extracting(AwaitedSignal::job).containsExactly(first);
        AwaitedPage next = operator.awaiting(null, page.next(), 1).block();
        assertThat(next.waits()).extracting(AwaitedSignal::job).containsExactly(second);
        assertThat(operator.awaiting(null, next.next(), 1).block()).isEqualTo(new AwaitedPage(List.of(), null));
        assertThat(operator.awaiting("bran", null, 1).block().waits()).isEmpty();
        assertThat(operator.why(first).block().reason()).isInstanceOf(JobReason.WaitsForSignal.class);

        assertThat(operator.signal(KEY, "flour").block()).isEqualTo(new SignalAnswer(true, 2));
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
        assertThat(operator.decisions(null, 1).blockFirst()).satisfies(decision -> {
            assertThat(decision.action()).isEqualTo("signal");
            assertThat(decision.subject()).isEqualTo(KEY);
            assertThat(decision.answer()).isEqualTo("woke 2 jobs");
        });
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        JobEngine engine = baking();
        mill.enqueue(engine, GRIND.job("rye"));
        mill.enqueue(engine, GRIND.job("rye"));
        String cursor = engine.operator().awaiting(KEY, null, 1).block().next();

        for (String other : List.of("", "1.", "1.!", "2." + cursor.substring(2))) {
            assertThatThrownBy(() -> engine.operator().awaiting(null, other, 1).block())
                    .isInstanceOf(InvalidSettingException.class);
        }
        assertThatThrownBy(() -> engine.operator().awaiting("bran", cursor, 1).block())
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> engine.operator().awaiting(null, null, 201).block())
                .isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void interceptorsAddHeadersAndSeeThemAgain() {
        JobInterceptor tracing = new JobInterceptor() {
            @Override
            public Mono<SignalAnswer> signal(String key, Function<Map<String, String>, Mono<SignalAnswer>> next) {
                return next.apply(Map.of("trace", key + "-1"));
            }

            @Override
            public Mono<Void> signalRead(String key, Map<String, String> headers) {
                return Mono.fromRunnable(() -> seen.add(key + " " + headers));
            }
        };
        JobEngine engine = mill.start(e -> e.client(c -> c.interceptor(tracing)).subscribe(GRIND, this::bake));
        mill.enqueue(engine, GRIND.job("rye"));

        signal(engine, "flour");

        assertThat(seen).containsExactly("waits", "flour {trace=flour-1}", "baked with flour on attempt 1");
    }
}
