package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.BatchSettings;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** When a call of a batch handler begins, and with which jobs. */
class BatchTest {

    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<List<String>> calls = new ArrayList<>();

    private <T> JobHandler<T> handler(JobType<T> type, UnaryOperator<BatchSettings> settings, Mono<?> work) {
        return JobHandler.batch(type, settings, batch -> {
            calls.add(batch.payloads().stream().map(Object::toString).toList());
            return work;
        });
    }

    private JobEngine start(int concurrency, UnaryOperator<BatchSettings> settings, Mono<?> work) {
        return mill.start(
                e -> e.queue("default", q -> q.concurrency(concurrency)).subscribe(handler(GRIND, settings, work)));
    }

    private List<Integer> sizes() {
        return calls.stream().map(List::size).toList();
    }

    private int completed() {
        return mill.store().jobs(JobState.COMPLETED).size();
    }

    private void enqueueElsewhere(int jobs) {
        JobClient client = JobClient.create(mill.store());
        for (int i = 0; i < jobs; i++) {
            client.enqueue(GRIND.job("sack " + i)).subscribe();
        }
        mill.settleDown();
    }

    @Test
    void aFullBatchLeavesAtOnceAndTheRestWaits() {
        JobEngine engine = start(8, b -> b.most(3).wait(ofSeconds(10)), Mono.empty());
        mill.enqueue(engine, 7);
        mill.settleDown();

        assertThat(calls).containsExactly(List.of("sack 0", "sack 1", "sack 2"), List.of("sack 3", "sack 4", "sack 5"));
        assertThat(completed()).isEqualTo(6);

        mill.pass(ofSeconds(10));
        assertThat(calls).last().isEqualTo(List.of("sack 6"));
        assertThat(completed()).isEqualTo(7);
    }

    @Test
    void theWaitBeginsWithTheFirstJobAndAnotherOneWithTheNext() {
        JobEngine engine = start(8, b -> b.most(8).wait(ofMillis(100)), Mono.empty());
        mill.enqueue(engine, 1);
        mill.pass(ofMillis(90));
        mill.enqueue(engine, 1);
        assertThat(calls).isEmpty();

        mill.pass(ofMillis(10));
        assertThat(sizes()).containsExactly(2);

        mill.enqueue(engine, 1);
        mill.pass(ofMillis(99));
        assertThat(sizes()).containsExactly(2);
        mill.pass(ofMillis(1));
        assertThat(sizes()).containsExactly(2, 1);
    }

    @Test
    void aFullBatchTakesItsWaitWithIt() {
        JobEngine engine = start(8, b -> b.most(2).wait(ofMillis(100)), Mono.empty());
        mill.enqueue(engine, 2);
        mill.pass(ofMillis(50));
        mill.enqueue(engine, 1);
        mill.pass(ofMillis(60));
        assertThat(sizes()).as("the first wait is not that of the third job").containsExactly(2);

        mill.pass(ofMillis(40));
        assertThat(sizes()).containsExactly(2, 1);
    }

    @Test
    void aBatchThatHasAllSlotsOfItsQueueLeavesAtOnce() {
        enqueueElsewhere(10);
        mill.start(e -> e.queue("default", q -> q.concurrency(4))
                .queue("large", q -> q.concurrency(100))
                .subscribe(handler(GRIND, b -> b.most(100).wait(ofSeconds(10)), Mono.empty())));

        mill.settleDown();

        assertThat(sizes()).containsExactly(4, 4);
    }

    @Test
    void oneThatSharesTheSlotsWithRunningJobsWaitsForThem() {
        JobEngine engine = start(6, b -> b.most(4).wait(ofSeconds(10)), Mono.delay(ofSeconds(5)));
        mill.enqueue(engine, 10);
        mill.settleDown();
        assertThat(sizes()).containsExactly(4);

        mill.pass(ofSeconds(5));

        assertThat(sizes()).as("two had waited for two more").containsExactly(4, 4);
    }

    @Test
    void ofTwoKindsThatHaveAllSlotsTheFullerOneLeaves() {
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.concurrency(5))
                .subscribe(handler(GRIND, b -> b.most(5).wait(ofSeconds(10)), Mono.never()))
                .subscribe(handler(SIFT, b -> b.most(5).wait(ofSeconds(10)), Mono.never())));
        mill.enqueue(engine, 3);
        engine.client().enqueue(SIFT.job("sieve 0")).subscribe();
        mill.settleDown();
        assertThat(calls).isEmpty();
        engine.client().enqueue(SIFT.job("sieve 1")).subscribe();
        mill.settleDown();

        assertThat(calls).containsExactly(List.of("sack 0", "sack 1", "sack 2"));
    }

    @Test
    void withoutAWaitACallGetsWhatIsThere() {
        enqueueElsewhere(7);
        start(64, b -> b.most(5).wait(ofMillis(0)), Mono.empty());
        mill.settleDown();

        assertThat(sizes()).containsExactly(5, 2);
    }

    @Test
    void demandCountsJobs() {
        enqueueElsewhere(100);
        mill.start(e -> e.queue("default", q -> q.concurrency(10).prefetch(0))
                .subscribe(handler(GRIND, b -> b.most(5), Mono.never())));
        mill.pass(ofSeconds(5));

        assertThat(sizes()).containsExactly(5, 5);
        assertThat(mill.leased()).isEqualTo(10);
    }

    @Test
    void jobsOfOtherKindsRunBesideOneThatWaits() {
        JobEngine engine = mill.start(e -> e.subscribe(handler(GRIND, b -> b.wait(ofSeconds(10)), Mono.empty()))
                .subscribe(SIFT, job -> Mono.empty()));
        mill.enqueue(engine, 1);
        engine.client().enqueue(SIFT.job("sieve")).subscribe();
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.COMPLETED))
                .singleElement()
                .extracting(JobSnapshot::kind)
                .isEqualTo("sift");
    }

    @Test
    void jobsOfTwoQueuesAreNotMixed() {
        JobEngine engine = mill.start(e ->
                e.queue("default").queue("weir").subscribe(handler(GRIND, b -> b.wait(ofSeconds(1)), Mono.empty())));
        mill.enqueue(engine, 2);
        engine.client().enqueue(GRIND.job("other").queue("weir")).subscribe();
        mill.pass(ofSeconds(1));

        assertThat(calls).containsExactlyInAnyOrder(List.of("sack 0", "sack 1"), List.of("other"));
    }

    @Test
    void aSuspectedJobHasACallOfItsOwn() {
        enqueueElsewhere(9);
        lose(9);
        enqueueElsewhere(2);

        start(16, b -> b.most(16).wait(ofSeconds(1)), Mono.empty());
        mill.pass(ofSeconds(2));

        assertThat(sizes()).hasSize(10).containsOnlyOnce(2).contains(1);
        assertThat(completed()).isEqualTo(11);
    }

    @Test
    void anEngineThatStopsHandsBackThoseThatWaitUncharged() {
        JobEngine engine = start(8, b -> b.wait(ofSeconds(10)).most(8), Mono.empty());
        mill.enqueue(engine, 3);
        mill.settleDown();
        assertThat(mill.leased()).isEqualTo(3);

        engine.stop(ofSeconds(30)).subscribe();
        mill.settleDown();

        assertThat(calls).isEmpty();
        assertThat(mill.store().jobs(JobState.PENDING))
                .hasSize(3)
                .extracting(JobSnapshot::attempt)
                .containsOnly(0);
    }

    @Test
    void aPauseHandsBackThoseThatWait() {
        JobEngine engine = start(8, b -> b.wait(ofSeconds(10)).most(8), Mono.empty());
        mill.enqueue(engine, 3);
        JobOperator people = JobOperator.create(mill.store());
        people.pause("default").subscribe();
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isZero();
        mill.pass(ofSeconds(20));
        assertThat(calls).isEmpty();

        people.resume("default").subscribe();
        mill.pass(ofSeconds(11));

        assertThat(sizes()).containsExactly(3);
    }

    @Test
    void aJobThatIsCancelledWhileItWaitsIsNotCalled() {
        JobEngine engine = start(8, b -> b.wait(ofSeconds(10)).most(8), Mono.empty());
        mill.enqueue(engine, 2);
        mill.settleDown();
        engine.client().cancel(mill.store().jobs(JobState.LEASED).get(0).id()).subscribe();
        mill.settleDown();
        assertThat(engine.status().leased()).containsEntry("default", 1);

        mill.pass(ofSeconds(10));

        assertThat(calls).containsExactly(List.of("sack 1"));
    }

    @Test
    void ifAllThatWaitAreCancelledNothingIsCalledAndTheNextOneWaitsAnew() {
        JobEngine engine = start(8, b -> b.wait(ofSeconds(10)).most(8), Mono.empty());
        mill.enqueue(engine, 1);
        mill.pass(ofSeconds(5));
        engine.client().cancel(mill.store().jobs(JobState.LEASED).get(0).id()).subscribe();
        mill.enqueue(engine, 1);
        mill.pass(ofSeconds(9));
        assertThat(calls).isEmpty();

        mill.pass(ofSeconds(1));

        assertThat(sizes()).containsExactly(1);
    }

    @Test
    void theSlotOfAJobThatIsCancelledWhileItWaitsIsFree() {
        JobEngine engine = start(2, b -> b.most(2).wait(ofSeconds(10)), Mono.empty());
        mill.enqueue(engine, 1);
        mill.settleDown();
        engine.client().cancel(mill.store().jobs(JobState.LEASED).get(0).id()).subscribe();
        mill.settleDown();

        mill.enqueue(engine, 2);
        mill.pass(ofSeconds(1));

        assertThat(sizes()).containsExactly(2);
    }

    /** A worker claims all of these and falls silent. */
    private void lose(int jobs) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, ofHours(1));
        long worker = mill.store()
                .workers()
                .register("dead", Set.of("default"), ofSeconds(5), false)
                .block();
        assertThat(mill.store()
                        .leases()
                        .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), jobs, Suspicion.NONE))
                        .block()
                        .jobs())
                .hasSize(jobs);
        mill.pass(ofSeconds(6));
    }
}
