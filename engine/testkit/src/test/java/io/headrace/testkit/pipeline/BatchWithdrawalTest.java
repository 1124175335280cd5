package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Jobs that leave a call before it ends, and what an observer is told of calls. */
class BatchWithdrawalTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Notebook notes = new Notebook();
    private final Sinks.Empty<Void> done = Sinks.empty();
    private final AtomicReference<JobBatch<String>> batch = new AtomicReference<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    private JobHandler<String> handler() {
        return JobHandler.batch(GRIND, b -> b, jobs -> {
            batch.set(jobs);
            return done.asMono().doOnCancel(cancelled::incrementAndGet);
        });
    }

    private JobEngine start(int jobs) {
        JobEngine engine = mill.start(e -> e.observer(notes).subscribe(handler()));
        mill.enqueue(engine, jobs);
        mill.pass(ofMillis(200));
        return engine;
    }

    private JobId id(int index) {
        return batch.get().jobs().get(index).id();
    }

    @Test
    void aJobThatIsCancelledLeavesTheCallAndTheOthersGoOn() {
        JobEngine engine = start(3);
        engine.client().cancel(id(1)).subscribe();
        mill.settleDown();

        assertThat(batch.get().jobs())
                .filteredOn(batch.get()::isWithdrawn)
                .extracting(Job::id)
                .containsExactly(id(1));
        assertThat(engine.status().leased()).as("its slot is free").containsEntry("default", 2);
        assertThat(cancelled).hasValue(0);

        done.tryEmitEmpty();
        mill.settleDown();
        assertThat(mill.find(id(0)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(mill.find(id(2)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notes.starting("settled"))
                .containsExactly(
                        "settled default grind LOST",
                        "settled default grind COMPLETED",
                        "settled default grind COMPLETED");
    }

    @Test
    void whenAllAreCancelledSoIsTheCall() {
        JobEngine engine = start(2);
        engine.client().cancel(id(0)).subscribe();
        engine.client().cancel(id(1)).subscribe();
        mill.settleDown();

        assertThat(cancelled).hasValue(1);
        assertThat(engine.status().leased()).containsEntry("default", 0);
        assertThat(notes.starting("called")).containsExactly("called default grind 2 PT0.1S");
    }

    @Test
    void aJobThatIsCancelledElsewhereLeavesTheCallWithAHeartbeat() {
        JobEngine engine = mill.start(e -> e.subscribe(handler()));
        JobId mine = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMillis(50));
        JobId other = mill.enqueue(engine, GRIND.job("oats"));
        mill.pass(ofMillis(100));
        assertThat(batch.get().size()).as("two leases").isEqualTo(2);
        JobClient.create(mill.store()).cancel(mine).subscribe();

        mill.pass(ofSeconds(10));
        assertThat(batch.get().isWithdrawn(batch.get().jobs().get(0)))
                .as("heard with a heartbeat")
                .isTrue();
        done.tryEmitEmpty();
        mill.settleDown();

        assertThat(mill.find(mine).state()).isEqualTo(JobState.CANCELLED);
        assertThat(mill.find(other).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobWhoseLeaseIsLostUnheardIsNotRecordedAndTheOthersAre() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(store.proxy(), e -> e.observer(notes).subscribe(handler()));
        JobClient client = JobClient.create(mill.store());
        client.enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats"))).subscribe();
        mill.pass(ofMillis(200));
        store.refuse("heartbeat");
        client.cancel(id(0)).subscribe();
        mill.settleDown();
        assertThat(batch.get().isWithdrawn(batch.get().jobs().get(0))).isFalse();

        done.tryEmitEmpty();
        mill.settleDown();

        assertThat(mill.find(id(0)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(mill.find(id(1)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notes.starting("settled"))
                .containsExactlyInAnyOrder("settled default grind LOST", "settled default grind COMPLETED");
        store.allow("heartbeat");
    }

    @Test
    void anEngineThatWasTakenForDeadLosesTheCall() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(handler()));
        mill.enqueue(engine, 2);
        mill.pass(ofMillis(200));
        mill.start(e -> e.enqueues(GRIND));
        store.refuse("heartbeat");
        mill.pass(ofMinutes(2));
        store.allow("heartbeat");
        mill.pass(ofSeconds(11));

        assertThat(cancelled).hasPositiveValue();
        assertThat(mill.store().jobs(JobState.COMPLETED)).isEmpty();
    }

    @Test
    void whenTheGraceIsOverTheCallIsCancelledAndItsJobsAreHandedBackUncharged() {
        JobEngine engine = start(3);
        mill.stop(engine, ofSeconds(5));

        assertThat(cancelled).hasValue(1);
        assertThat(mill.store().jobs(JobState.PENDING))
                .hasSize(3)
                .extracting(JobSnapshot::attempt)
                .containsOnly(0);
    }

    @Test
    void aCallThatEndsWithinTheGraceIsRecorded() {
        JobEngine engine = start(3);
        engine.stop(ofSeconds(5)).subscribe();
        mill.pass(ofSeconds(1));
        done.tryEmitEmpty();
        mill.pass(ofSeconds(1));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
    }

    @Test
    void anObserverIsToldOfEachJobAndOfTheCall() {
        start(2);
        mill.pass(ofSeconds(3));
        done.tryEmitEmpty();
        mill.settleDown();

        assertThat(notes.starting("began")).hasSize(2);
        assertThat(notes.starting("ended"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("ended default grind COMPLETED PT3"));
        assertThat(notes.starting("called")).singleElement().asString().startsWith("called default grind 2 PT3");
        assertThat(notes.starting("answered SETTLE")).as("in one statement").containsExactly("answered SETTLE 2");
    }

    @Test
    void anOutcomeThatComesAfterTheTimeoutChangesNothing() {
        JobEngine engine = mill.start(e -> e.subscribe(handler().timeout(ofSeconds(1))));
        mill.enqueue(engine, 2);
        mill.pass(ofSeconds(2));
        done.tryEmitEmpty();
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.PENDING))
                .hasSize(2)
                .extracting(JobSnapshot::attempt)
                .containsOnly(1);
    }

    @Test
    void progressIsOfAJob() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.batch(GRIND, b -> b, jobs -> {
            batch.set(jobs);
            jobs.jobs().get(1).progress(40, "sifting");
            return Mono.never();
        })));
        mill.enqueue(engine, 2);
        mill.pass(ofSeconds(2));

        assertThat(List.of(0, 1))
                .map(index -> engine.client().watch(id(index)).blockFirst().progress() == null)
                .containsExactly(true, false);
    }
}
