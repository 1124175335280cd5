package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.EngineStatus;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whatever is thrown, and wherever: the attempt ends, its slot is free, and nothing is silent. */
class ThrownTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    private static Stream<Throwable> hostile() {
        Throwable circle = new Exception("in a circle");
        circle.initCause(new Exception("its cause", circle));
        return Stream.of(
                circle,
                new Hostile("getMessage"),
                new Hostile("getLocalizedMessage"),
                new Hostile("toString"),
                new Hostile("getStackTrace"),
                new Hostile("getCause"),
                new Exception("outside", new Hostile("getMessage")),
                new OutOfMemoryError("of the handler"),
                new StackOverflowError(),
                new NoClassDefFoundError("Flour"),
                new ThreadDeath(),
                new AssertionError());
    }

    private void endsAndFreesItsSlot(JobHandler<String> handler) {
        JobEngine engine = mill.start(
                e -> e.queue("default", q -> q.concurrency(1).prefetch(0)).subscribe(handler));
        JobId failing = mill.enqueue(engine, GRIND.job("stone").maxAttempts(1));
        JobId other = mill.enqueue(engine, GRIND.job("rye"));
        mill.passUntil(() -> mill.find(other).state() == JobState.COMPLETED);

        assertThat(mill.find(failing).state()).isEqualTo(JobState.FAILED);
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
        assertThat(engine.status().leased()).containsValue(0);
    }

    private static Function<String, Publisher<?>> onStones(Function<String, Publisher<?>> function) {
        return payload -> payload.equals("stone") ? function.apply(payload) : Mono.empty();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anAttemptEndsWhateverItsHandlerThrows(Throwable error) {
        Function<String, Publisher<?>> function = onStones(payload -> {
            ThrownTest.<RuntimeException>raise(error);
            return Mono.empty();
        });
        endsAndFreesItsSlot(JobHandler.of(GRIND, job -> function.apply(job.payload())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anAttemptEndsWhateverItsHandlerSignals(Throwable error) {
        Function<String, Publisher<?>> function = onStones(payload -> Mono.error(error));
        endsAndFreesItsSlot(JobHandler.of(GRIND, job -> function.apply(job.payload())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anAttemptEndsWhateverItsBlockingHandlerThrows(Throwable error) {
        endsAndFreesItsSlot(JobHandler.blocking(GRIND, job -> {
            if (job.payload().equals("stone")) {
                ThrownTest.<RuntimeException>raise(error);
            }
            return JobOutcome.complete();
        }));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anAttemptEndsWhateverItsRetryPolicyThrows(Throwable error) {
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(1).prefetch(0))
                        .subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("stuck")))
                                .retry(RetryPolicy.defaults().failAtOnce(e2 -> {
                                    ThrownTest.<RuntimeException>raise(error);
                                    return false;
                                }))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).failures()).hasSize(1);
    }

    @Test
    void anObserverThatThrowsAnErrorDisturbsNothing() {
        JobObserver hostile = new JobObserver() {
            @Override
            public void began(String queue, String kind, long waitedNanos) {
                throw new OutOfMemoryError("of the observer");
            }

            @Override
            public void settled(String queue, String kind, io.headrace.observe.AttemptEnd end) {
                throw new NoClassDefFoundError("Meter");
            }
        };
        JobEngine engine = mill.start(e -> e.observer(hostile).subscribe(GRIND, job -> Mono.empty()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "settle", "heartbeat", "sweep", "markIdle", "note", "enqueue", "prune"})
    void aCallOfTheStoreThatThrowsAnErrorIsOneThatFailed(String verb) {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.subscribe(GRIND, job -> {
                    job.progress(10, "ground");
                    return Mono.delay(ofSeconds(15));
                }));
        store.breakDown(verb);
        List<Throwable> refused = new ArrayList<>();
        engine.client().enqueue(GRIND.job("oats")).subscribe(answer -> {}, refused::add);
        mill.pass(ofSeconds(20));
        store.allow(verb);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMinutes(2));

        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.leased()).isZero();
        assertThat(refused).hasSize(verb.equals("enqueue") ? 1 : 0);
    }

    @Test
    void aSubscriberToDeliveriesThatThrowsEndsItsStreamAndNothingElse() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        List<Throwable> errors = new ArrayList<>();
        engine.receive(GRIND)
                .map(delivery -> {
                    throw new NoClassDefFoundError("Flour");
                })
                .subscribe(nothing -> {}, errors::add);
        mill.settleDown();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(errors).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.errorType()).isEqualTo(NoClassDefFoundError.class.getName()));
        assertThat(log.at(Level.ERROR)).singleElement().asString().contains("kind 'grind'", id.toString());

        Disposable again = engine.receive(GRIND)
                .concatMap(delivery -> delivery.settle(JobOutcome.complete()))
                .subscribe();
        mill.pass(ofSeconds(10));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
        again.dispose();
    }

    @Test
    void whatFollowsOnSettlingADeliveryMayThrowWhatItLikes() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        Flux.from(engine.receive(GRIND))
                .subscribe(
                        delivery -> delivery.settle(JobOutcome.complete()).subscribe(nothing -> {}, error -> {}, () -> {
                            throw new NoClassDefFoundError("Flour");
                        }));
        mill.settleDown();
        JobId first = mill.enqueue(engine, GRIND.job("rye"));
        JobId second = mill.enqueue(engine, GRIND.job("oats"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(first).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(second).state()).isEqualTo(JobState.COMPLETED);
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
    }

    @SuppressWarnings("unchecked") // unchecked is what it is for
    private static <E extends Throwable> void raise(Throwable error) throws E {
        throw (E) error;
    }
}
