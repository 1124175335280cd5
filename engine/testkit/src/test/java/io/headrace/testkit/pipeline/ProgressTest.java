package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What handlers say of their progress: the latest, for all together, now and then, and never to a job's harm. */
class ProgressTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;

    @BeforeEach
    void watchTheStore() {
        store = new Unreliable(mill.store());
    }

    /** Says every 100 ms how far it is, for ten seconds. */
    private static Mono<Void> talk(Job<String> job) {
        return Flux.interval(ofMillis(100))
                .take(100)
                .doOnNext(i -> job.progress(i.intValue(), "sack " + i))
                .then();
    }

    private JobProgress progress(JobId id) {
        List<JobUpdate> updates =
                mill.store().inspector().look(Set.of(id)).collectList().block();
        assertThat(updates).hasSize(1);
        return updates.get(0).progress();
    }

    @Test
    void theFirstWordIsWrittenAtOnceAndThenTheLatestOfEachSecond() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, ProgressTest::talk));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMillis(110));
        assertThat(progress(id)).isEqualTo(new JobProgress(0, "sack 0"));
        mill.pass(ofMillis(900));
        assertThat(progress(id)).isEqualTo(new JobProgress(0, "sack 0"));
        mill.pass(ofMillis(150));
        assertThat(progress(id)).isNotNull();
        assertThat(progress(id).percent()).isBetween(9, 11);

        mill.pass(ofSeconds(15));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(store.calls("note")).isBetween(10, 12);
    }

    @Test
    void oneStatementWritesTheProgressOfAll() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, ProgressTest::talk));
        mill.enqueue(engine, 60);

        mill.pass(ofSeconds(15));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(60);
        assertThat(store.calls("note")).isBetween(10, 13);
    }

    @Test
    void jobsThatSayNothingCostNothing() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.delay(ofSeconds(3))));
        mill.enqueue(engine, 60);

        mill.pass(ofSeconds(15));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(60);
        assertThat(store.calls("note")).isZero();
    }

    @Test
    void theIntervalIsASetting() {
        JobEngine engine =
                mill.start(store.proxy(), e -> e.progressInterval(ofMillis(300)).subscribe(GRIND, ProgressTest::talk));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(15));

        assertThat(store.calls("note")).isBetween(30, 36);
    }

    @Test
    void whileTheStoreIsAwayTheLatestWordIsKeptAndNoJobFails() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, ProgressTest::talk));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        store.refuse("note");
        mill.pass(ofSeconds(5));
        assertThat(progress(id)).isNull();

        store.allow("note");
        mill.pass(ofMillis(1_100));

        assertThat(progress(id).percent()).isGreaterThan(45);
        mill.pass(ofSeconds(10));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aWordThatComesAfterTheAttemptHasEndedIsNotHeard() {
        List<Job<String>> jobs = new ArrayList<>();
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.subscribe(JobHandler.<String>of(GRIND, job -> {
                            jobs.add(job);
                            return jobs.size() == 1 ? Mono.error(new IllegalStateException("no")) : Mono.never();
                        })
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofSeconds(1))))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(3));

        jobs.get(0).progress(77);
        mill.pass(ofSeconds(3));
        assertThat(progress(id)).isNull();
        assertThat(store.calls("note")).isZero();

        jobs.get(1).progress(5);
        mill.pass(ofSeconds(3));
        assertThat(progress(id)).isEqualTo(JobProgress.of(5));
    }

    @Test
    void whatIsSettledByHandSaysItAsWell() {
        JobEngine engine = mill.start(store.proxy(), e -> e.queue("other").enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        deliveries.get(0).job().progress(150, "all of it");
        mill.pass(ofSeconds(1));
        assertThat(progress(id)).isEqualTo(new JobProgress(100, "all of it"));

        deliveries.get(0).complete().subscribe();
        mill.pass(ofSeconds(2));
        deliveries.get(0).job().progress(1);
        mill.pass(ofSeconds(2));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(store.calls("note")).as("said, and taken back").isEqualTo(2);
    }

    @Test
    void whatWasSaidIsTakenBackWhenTheEngineStops() {
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.subscribe(GRIND, job -> {
                    job.progress(10);
                    return Mono.never();
                }));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(2));
        assertThat(progress(id)).isEqualTo(JobProgress.of(10));

        mill.stop(engine, ofSeconds(1));

        assertThat(progress(id)).isNull();
        assertThat(store.calls("note")).isEqualTo(2);
    }
}
