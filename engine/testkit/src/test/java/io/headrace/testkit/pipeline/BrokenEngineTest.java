package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.Delivery;
import io.headrace.EngineStatus;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.observe.JobObserver;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An engine that cannot go on says so, and leaves its jobs to others. */
class BrokenEngineTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    @ParameterizedTest
    @ValueSource(strings = {"claiming from queue 'default'", "the heartbeat"})
    void anEngineWhoseOwnLoopBreaksSaysSoAndHandsItsJobsBack(String loop) {
        BrokenClock clock = new BrokenClock(Schedulers.parallel());
        JobEngine engine = mill.start(e -> e.scheduler(clock).subscribe(GRIND, job -> Mono.never()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        if (loop.startsWith("the")) {
            mill.pass(ofSeconds(9));
        }
        clock.breakOnce();
        JobId next = mill.enqueue(engine, GRIND.job("oats"));
        mill.pass(ofSeconds(5));

        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.FAILED);
        assertThat(engine.status().problem()).contains("broke", NoClassDefFoundError.class.getName(), "Clock");
        assertThat(log.events(Level.ERROR))
                .singleElement()
                .satisfies(line -> assertThat(line.getThrowableProxy().getClassName())
                        .isEqualTo(NoClassDefFoundError.class.getName()));

        mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.pass(ofMinutes(2));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(next).state()).isEqualTo(JobState.COMPLETED);
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.FAILED);
        assertThat(log.events(Level.ERROR)).hasSize(1);
    }

    @Test
    void anEngineThatCannotReadWhatBecameOfItsOutcomesSaysSo() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));
        store.change("settle", answer -> new Garbled());
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMinutes(2));

        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.FAILED);
        assertThat(engine.status().problem()).startsWith("recording outcomes broke: java.lang.NoClassDefFoundError");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(log.events(Level.ERROR)).hasSize(1);
    }

    @Test
    void whoSettlesADeliveryIsToldWhenTheEngineBreaksOverIt() {
        BrokenClock clock = new BrokenClock(Schedulers.parallel());
        JobEngine engine = mill.start(
                e -> e.scheduler(clock).observer(new JobObserver() {}).enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();
        List<Throwable> errors = new ArrayList<>();

        clock.breakOnce();
        deliveries.get(0).complete().subscribe(nothing -> {}, errors::add);
        mill.pass(ofSeconds(1));

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .hasMessageContaining("was not sent")
                        .hasCauseInstanceOf(NoClassDefFoundError.class));
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.FAILED);
    }

    @Test
    void anEngineWhoseHandlersHaveNoThreadsAnyMoreFailsRatherThanItsJobs() {
        Scheduler handlers = Schedulers.newSingle("handlers");
        Scheduler gone = new BrokenClock(handlers) {
            @Override
            public Worker createWorker() {
                Worker none = super.createWorker();
                none.dispose();
                return none;
            }
        };
        JobEngine engine = mill.start(e -> e.handlerScheduler(gone).subscribe(GRIND, job -> Mono.empty()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.FAILED);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).attempt()).as("charged").isZero();
    }

    /** An answer that is unreadable because a class is missing. */
    private static final class Garbled extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new NoClassDefFoundError("Answer");
        }

        @Override
        public int size() {
            throw new NoClassDefFoundError("Answer");
        }
    }
}
