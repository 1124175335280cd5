package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.RetryPolicy;
import io.headrace.spi.AwaitRequest;
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

/** Awaiting jobs with the client of the engine that runs them: it tells its client what it has recorded. */
class AwaitInEngineTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Sinks.Many<WakeUp> heard = Sinks.many().multicast().directBestEffort();
    private Unreliable store;
    private JobClient client;
    private JobEngine engine;

    /** Looks are seldom, and the store announces no end. */
    @BeforeEach
    void startAnEngine() {
        store = new Unreliable(mill.store());
        store.announce(Flux.merge(Flux.just(WakeUp.EveryQueue.INSTANCE).concatWith(Flux.never()), heard.asFlux()));
        engine = mill.start(
                store.proxy(),
                e -> e.client(c -> c.watchInterval(ofMinutes(10)))
                        .subscribe(JobHandler.<String>of(GRIND, job -> switch (job.payload()) {
                                    case "water" -> Mono.empty();
                                    case "oats" -> Mono.delay(ofMillis(3));
                                    case "rock" -> Mono.error(new IllegalStateException("too hard"));
                                    default -> Mono.delay(ofSeconds(5)).thenReturn(JobOutcome.complete("flour"));
                                })
                                .retry(RetryPolicy.defaults().maxAttempts(1))));
        client = engine.client();
    }

    private Awaiting<String> await(String payload) {
        return new Awaiting<>(client.enqueue(GRIND.job(payload)).flatMap(job -> client.await(job.id(), String.class)));
    }

    @Test
    void theResultIsToldWhenItIsRecordedAndNothingIsRead() {
        Awaiting<String> awaiting = await("rye");
        mill.pass(ofSeconds(4));
        int before = store.calls();

        mill.pass(ofMillis(1_001));

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(store.calls() - before)
                .as("the settlement, and the claim that follows")
                .isLessThanOrEqualTo(2);
        assertThat(store.calls("settle")).isOne();
    }

    @Test
    void aJobWithoutAResultIsToldAsWell() {
        Awaiting<String> awaiting = await("water");

        mill.pass(ofMillis(5));

        assertThat(awaiting.completed).isTrue();
        assertThat(awaiting.results).isEmpty();
    }

    @Test
    void aJobThatEndsHereAtOnceNeedsNoStatement() {
        for (int i = 0; i < 100; i++) {
            Awaiting<String> awaiting = await("oats");
            mill.pass(ofMillis(3));
            assertThat(awaiting.completed).isTrue();
        }
        mill.pass(ofMinutes(1));

        assertThat(store.calls("await")).isZero();
        assertThat(store.calls("look")).isZero();
        assertThat(store.calls("ends")).isZero();
    }

    @Test
    void theStateIsToldWithTheNumberOfTheAttempt() {
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        Awaiting<JobUpdate> awaiting = new Awaiting<>(client.await(id));

        mill.pass(ofSeconds(6));

        assertThat(awaiting.results).containsExactly(new JobUpdate(id, JobState.COMPLETED, 1, null, null, null));
    }

    @Test
    void aFailureIsReadOnce() {
        Awaiting<String> awaiting = await("rock");
        mill.pass(ofMillis(5));

        assertThat(awaiting.error)
                .isInstanceOfSatisfying(
                        JobNotCompletedException.class,
                        e -> assertThat(e.failure().message()).isEqualTo("too hard"));
        assertThat(store.calls("ends")).isLessThanOrEqualTo(1);
    }

    @Test
    void anOutcomeThatIsNotRecordedIsNotTold() {
        store.loseTheAnswer("await");
        Awaiting<String> awaiting = await("rye");
        store.refuse("settle");
        store.refuse("look");
        store.refuse("ends");
        mill.pass(ofSeconds(10));
        assertThat(awaiting.isOver()).isFalse();

        store.allow("settle");
        mill.pass(ofSeconds(3));

        assertThat(awaiting.results).containsExactly("flour");
    }

    @Test
    void theStoreNeedNotAnnounceAnythingToThisClient() {
        List<AwaitRequest> requests = new ArrayList<>();
        store.listen((verb, args) -> {
            if (verb.equals("await")) {
                requests.add((AwaitRequest) args[0]);
            }
        });
        Awaiting<String> awaiting = await("rye");
        mill.pass(ofSeconds(6));

        assertThat(awaiting.results).hasSize(1);
        assertThat(requests).hasSize(1).allMatch(AwaitRequest::ofEngine);
    }

    @Test
    void whenTheEngineHasStoppedReadsFindTheEnd() {
        mill.stop(engine, Duration.ZERO);
        JobId id = client.enqueue(GRIND.job("rye")).block().id();
        Awaiting<String> awaiting = new Awaiting<>(client.await(id, String.class));
        mill.pass(ofSeconds(1));
        mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.complete("flour"))));

        mill.pass(ofSeconds(3));

        assertThat(awaiting.results).containsExactly("flour");
    }
}
