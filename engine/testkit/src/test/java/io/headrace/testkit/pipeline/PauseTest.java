package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobState;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Paused queues, and the engines that work on them. */
class PauseTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger handled = new AtomicInteger();
    private Unreliable store;
    private JobOperator people;

    @BeforeEach
    void openTheDesk() {
        store = new Unreliable(mill.store());
        people = JobOperator.create(mill.store());
    }

    private JobEngine engine(int concurrency, int prefetch) {
        return mill.start(
                store.proxy(),
                e -> e.queue(
                                "default",
                                q -> q.concurrency(concurrency)
                                        .prefetch(prefetch)
                                        .pollInterval(ofHours(12)))
                        .subscribe(GRIND, job -> Mono.delay(ofSeconds(5)).doOnNext(t -> handled.incrementAndGet())));
    }

    private void pause() {
        people.pause("default").subscribe();
        mill.settleDown();
    }

    private void resume() {
        people.resume("default").subscribe();
        mill.settleDown();
    }

    @Test
    void nothingIsBegunUntilItIsResumedAndThenAtOnce() {
        JobEngine engine = engine(10, 10);
        pause();
        mill.enqueue(engine, 5);
        mill.pass(ofSeconds(60));
        assertThat(mill.leased()).isZero();

        resume();

        assertThat(mill.leased()).isEqualTo(5);
        mill.pass(ofSeconds(6));
        assertThat(handled).hasValue(5);
    }

    @Test
    void anEngineThatComesLaterHeedsItAndIsWokenAsWell() {
        pause();
        JobEngine engine = engine(10, 10);
        mill.enqueue(engine, 5);
        mill.pass(ofSeconds(60));
        assertThat(mill.leased()).isZero();

        resume();

        assertThat(mill.leased()).isEqualTo(5);
    }

    @Test
    void whatRunsFinishesAndWhatWasFetchedAheadGoesBackUncharged() {
        JobEngine engine = engine(2, 6);
        mill.enqueue(engine, 10);
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isGreaterThan(5);

        pause();
        mill.pass(ofSeconds(30));

        assertThat(mill.leased()).isZero();
        // Two ran, and as many may have begun before the next claim said so.
        assertThat(handled.get()).isBetween(2, 4);
        assertThat(mill.store().jobs(JobState.PENDING))
                .hasSize(10 - handled.get())
                .allMatch(job -> job.attempt() == 0);

        resume();
        mill.pass(ofSeconds(60));
        assertThat(handled).hasValue(10);
    }

    @Test
    void whatIsEnqueuedMeanwhileCostsNoClaim() {
        JobEngine engine = engine(10, 10);
        pause();
        mill.enqueue(engine, 1);
        mill.pass(ofSeconds(1));
        int before = store.calls("claim");

        for (int i = 0; i < 50; i++) {
            mill.enqueue(engine, 1);
            mill.pass(ofSeconds(1));
        }

        assertThat(store.calls("claim")).isEqualTo(before);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(51);
    }

    @Test
    void aNameThatCannotBeIsRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> people.pause(" ").block())
                .satisfies(e -> assertThat(e.field()).isEqualTo("queue"));
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> people.resume("x".repeat(101)).block());
    }
}
