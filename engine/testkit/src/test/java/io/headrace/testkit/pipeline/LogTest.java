package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.LeaseLostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What operators read. */
class LogTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void aTombstoneIsOneWarningThatNamesJobKindAttemptAndError() {
        JobEngine engine =
                mill.start(e -> e.subscribe(GRIND, job -> Mono.error(new IllegalStateException("no water\nat all"))));
        JobId id = mill.enqueue(engine, GRIND.job("rye").maxAttempts(2));
        mill.pass(ofSeconds(20));

        assertThat(log.at(Level.WARN))
                .containsExactly("Job " + id + " of kind 'grind' (queue 'default') failed permanently on attempt 2:"
                        + " java.lang.IllegalStateException: no water. JobClient.findWithTraces shows the stack trace");
    }

    @Test
    void aRetryIsALineAtInfoThatNamesTheDelay() {
        JobEngine engine =
                mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.retry(ofSeconds(90), "dry"))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(log.at(Level.INFO))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("Job " + id
                                + " of kind 'grind' (queue 'default') failed on attempt 1, next attempt in PT1M")
                        .endsWith(": dry"));
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aStormOfFailuresIsCountedRatherThanLoggedJobByJob() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.fail("no water"))));
        mill.enqueue(engine, 1_000);
        mill.pass(ofSeconds(11));

        assertThat(log.at(Level.WARN)).hasSize(6);
        assertThat(log.at(Level.WARN).get(5))
                .startsWith("995 more attempts of kind 'grind' failed permanently within PT10S, most recently: ")
                .endsWith(": no water");

        mill.enqueue(engine, 1);
        mill.pass(ofSeconds(11));
        assertThat(log.at(Level.WARN)).hasSize(7);
    }

    @Test
    void anOrdinaryCancelIsNoWarning() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.never()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        engine.client().cancel(id).subscribe();
        mill.pass(ofSeconds(25));

        assertThat(mill.leased()).isZero();
        assertThat(log.at(Level.WARN)).isEmpty();
        assertThat(log.at(Level.INFO)).contains("1 jobs that run here were cancelled, the first is " + id);
    }

    @Test
    void anOutageIsOneLineAtItsBeginningOneEachMinuteAndOneAtItsEnd() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.delay(ofSeconds(5))));
        mill.enqueue(engine, GRIND.job("rye"));
        for (String verb : List.of("claim", "settle", "heartbeat", "sweep", "note", "prune")) {
            store.refuse(verb);
        }
        mill.pass(ofSeconds(45));
        assertThat(log.at(Level.WARN)).singleElement().asString().startsWith("The store is unavailable (");
        mill.pass(ofSeconds(45));
        assertThat(log.at(Level.WARN)).hasSize(2);
        assertThat(log.at(Level.WARN).get(1)).startsWith("The store has been unavailable for PT1M");

        for (String verb : List.of("claim", "settle", "heartbeat", "sweep", "note", "prune")) {
            store.allow(verb);
        }
        mill.pass(ofSeconds(30));

        assertThat(log.at(Level.INFO))
                .filteredOn(line -> line.startsWith("The store is available again after PT1M"))
                .hasSize(1);
        assertThat(log.at(Level.ERROR)).isEmpty();
    }

    @Test
    void anOutcomeThatCameTooLateNamesItsJob() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        List<Throwable> late = new ArrayList<>();
        engine.receive(GRIND)
                .subscribe(delivery -> mill.store()
                        .decisions()
                        .cancel(delivery.job().id())
                        .then(delivery.settle(JobOutcome.complete()))
                        .subscribe(nothing -> {}, late::add));
        mill.settleDown();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(late).singleElement().isInstanceOf(LeaseLostException.class);
        assertThat(log.at(Level.WARN)).singleElement().asString().contains(id.toString(), "kind 'grind'", "completed");
    }

    @Test
    void startAndStopAreALineEach() {
        JobEngine engine = mill.start(e -> e.name("mill 1").subscribe(GRIND, job -> Mono.delay(ofMinutes(5))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        String worker = engine.status().worker();
        mill.stop(engine, ofSeconds(30));

        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(worker).hasSize(13);
        assertThat(log.at(Level.INFO))
                .containsExactly(
                        "Engine 'mill 1' started as worker " + worker + ": queues [default], kinds [grind]",
                        "Engine 'mill 1' is stopping: 1 jobs are unfinished, grace period PT30S",
                        "The grace period is over: cancelling and releasing 1 jobs",
                        "Engine 'mill 1' stopped");
    }
}
