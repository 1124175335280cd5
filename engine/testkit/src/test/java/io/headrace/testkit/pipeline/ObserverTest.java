package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.Delivery;
import io.headrace.EngineStatus;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What an observer is told, and that it disturbs nothing. */
class ObserverTest {

    private static final RetryPolicy ONCE_MORE =
            RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofSeconds(5)));

    @RegisterExtension
    final Mill mill = new Mill();

    private final Notebook notes = new Notebook();

    private JobEngine start(JobHandler<String> handler) {
        return mill.start(e -> e.observer(notes).subscribe(handler));
    }

    @Test
    void isToldOfAJobFromEnqueueToOutcome() {
        JobEngine engine = start(JobHandler.of(GRIND, job -> Mono.delay(ofSeconds(3))));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(4));
        mill.stop(engine, ofSeconds(1));

        assertThat(notes.lines)
                .containsExactly(
                        "started RUNNING",
                        "answered ENQUEUE 1",
                        "enqueued default grind true",
                        "began default grind PT0S",
                        "ended default grind COMPLETED PT3S",
                        "answered SETTLE 1",
                        "settled default grind COMPLETED",
                        "stopped");
    }

    @Test
    void isToldOfTheClaimOfAJobThatCameFromElsewhere() {
        start(JobHandler.of(GRIND, job -> Mono.delay(ofSeconds(3))));
        JobEngine client = mill.start(e -> e.queue("elsewhere").enqueues(GRIND));
        mill.enqueue(client, GRIND.job("rye"));
        mill.pass(ofSeconds(4));

        assertThat(notes.lines)
                .containsExactly(
                        "started RUNNING",
                        "answered CLAIM 1",
                        "began default grind PT0S",
                        "ended default grind COMPLETED PT3S",
                        "answered SETTLE 1",
                        "settled default grind COMPLETED");
    }

    @Test
    void aFailedAttemptAndTheLastOneAreToldApart() {
        JobEngine engine = start(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no stones")))
                .retry(ONCE_MORE));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(10));

        assertThat(notes.starting("settled"))
                .containsExactly("settled default grind RETRIED", "settled default grind FAILED");
        assertThat(notes.starting("ended"))
                .containsExactly("ended default grind RETRIED PT0S", "ended default grind FAILED PT0S");
    }

    @Test
    void theWaitIsCountedFromWhenTheJobWasDue() {
        JobEngine client = mill.start(e -> e.queue("elsewhere").enqueues(GRIND));
        mill.enqueue(client, GRIND.job("rye"));
        mill.enqueue(client, GRIND.job("oats").delay(ofSeconds(15)));
        mill.pass(ofSeconds(20));

        start(JobHandler.of(GRIND, job -> Mono.empty()));

        // Enqueueing takes a millisecond of virtual time.
        assertThat(notes.starting("began"))
                .containsExactly("began default grind PT20.002S", "began default grind PT5.001S");
    }

    @Test
    void aSecondJobWithAKeyIsNotNew() {
        JobEngine engine = start(JobHandler.of(GRIND, job -> Mono.never()));
        mill.enqueue(engine, GRIND.job("rye").uniqueKey("sack 1"));
        mill.enqueue(engine, GRIND.job("rye").uniqueKey("sack 1"));

        assertThat(notes.starting("enqueued"))
                .containsExactly("enqueued default grind true", "enqueued default grind false");
    }

    @Test
    void whatIsHandedBackInMidRunEndsAsReleased() {
        JobEngine engine = start(JobHandler.of(GRIND, job -> Mono.never()));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.stop(engine, ofSeconds(2));

        assertThat(notes.starting("ended")).singleElement().asString().startsWith("ended default grind RELEASED PT2");
        assertThat(notes.starting("settled")).containsExactly("settled default grind RELEASED");
    }

    @Test
    void whatWasOnlyFetchedAheadNeverBegan() {
        JobEngine engine = mill.start(e -> e.observer(notes)
                .queue("default", q -> q.concurrency(1).prefetch(1))
                .subscribe(GRIND, job -> Mono.never()));
        mill.enqueue(engine, 2);
        mill.settleDown();
        assertThat(engine.status().leased()).isEqualTo(Map.of("default", 2));
        mill.stop(engine, ofSeconds(2));

        assertThat(notes.starting("began")).hasSize(1);
        assertThat(notes.starting("ended")).hasSize(1);
        assertThat(notes.starting("settled")).hasSize(2).allMatch(line -> line.endsWith("RELEASED"));
    }

    @Test
    void aJobThatSomebodyCancelledIsLost() {
        JobEngine engine = start(JobHandler.of(GRIND, job -> Mono.never()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        engine.client().cancel(id).subscribe();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(notes.starting("ended")).singleElement().asString().startsWith("ended default grind LOST");
        assertThat(notes.starting("settled")).containsExactly("settled default grind LOST");
    }

    @Test
    void isToldOfLostLeasesAndOfTheSweepThatTookThem() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(store.proxy(), e -> e.observer(notes).subscribe(GRIND, job -> Mono.never()));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.start(e -> e.observer(notes).enqueues(GRIND));
        store.refuse("heartbeat");
        mill.pass(ofMinutes(2));
        assertThat(notes.starting("failed")).contains("failed HEARTBEAT");
        assertThat(engine.status().isOverdue()).isTrue();
        store.allow("heartbeat");
        mill.pass(ofSeconds(11));

        assertThat(notes.lines).contains("swept 1 1 0", "lost 1");
        assertThat(notes.starting("ended")).first().asString().startsWith("ended default grind LOST");
        assertThat(engine.status().sinceHeartbeat()).isLessThan(ofSeconds(11));
    }

    @Test
    void isToldWhatWasForgotten() {
        JobEngine engine = mill.start(e -> e.observer(notes)
                .failedRetention(ofMinutes(1))
                .completedRetention(ofMinutes(1))
                .subscribe(JobHandler.<String>of(
                        GRIND,
                        job -> Mono.just(
                                job.payload().equals("sack 0") ? JobOutcome.fail("torn") : JobOutcome.complete()))));
        mill.enqueue(engine, 3);
        mill.pass(ofMinutes(8));

        assertThat(notes.lines).contains("pruned 1 0", "pruned 0 2");
    }

    @Test
    void aDeliveryRunsUntilItIsSettled() {
        JobEngine engine = mill.start(e -> e.observer(notes).enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND, QueueSettings.defaults(), RetryPolicy.never()).subscribe(deliveries::add);
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(7));
        deliveries.get(0).settle(JobOutcome.snooze(ofMinutes(1))).subscribe();
        mill.settleDown();

        assertThat(notes.starting("began")).hasSize(1);
        assertThat(notes.starting("ended")).singleElement().asString().startsWith("ended default grind SNOOZED PT7");
        assertThat(notes.starting("settled")).containsExactly("settled default grind SNOOZED");
    }

    @Test
    void aClientWithoutAnEngineTellsWhatItEnqueues() {
        JobClient client = JobClient.builder(mill.store()).observer(notes).build();
        client.enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats"))).subscribe();
        client.in((jobs, by) -> mill.store().intake().enqueue(jobs, 0))
                .enqueue(GRIND.job("spelt"))
                .subscribe();

        assertThat(notes.lines)
                .containsExactly(
                        "answered ENQUEUE 2",
                        "enqueued default grind true",
                        "enqueued default grind true",
                        "answered ENQUEUE 1",
                        "enqueued default grind true");
    }

    @Test
    void anObserverThatThrowsDisturbsNothing() {
        JobObserver broken = (JobObserver) java.lang.reflect.Proxy.newProxyInstance(
                JobObserver.class.getClassLoader(), new Class<?>[] {JobObserver.class}, (proxy, method, args) -> {
                    throw new IllegalStateException("as this test has it");
                });
        JobEngine engine = mill.start(
                e -> e.observer(broken).observer(notes).subscribe(GRIND, job -> Mono.delay(Duration.ofSeconds(1))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(2));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notes.lines).contains("settled default grind COMPLETED");
        assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
    }
}
