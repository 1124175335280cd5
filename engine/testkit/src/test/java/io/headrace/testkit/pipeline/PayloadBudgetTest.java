package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Delivery;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** An engine holds no more of payloads than its budget, whatever the concurrency, and everything is run all the same. */
class PayloadBudgetTest {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private static EncodedJob job(String queue, int bytes) {
        return new EncodedJob(
                queue, "grind", 4, Duration.ZERO, null, '"' + "x".repeat(bytes - 2) + '"', null, null, null);
    }

    private List<JobId> given(int jobs, String queue, int bytes) {
        return mill.store().intake().enqueue(Collections.nCopies(jobs, job(queue, bytes)), 0).block().stream()
                .map(answer -> answer.id())
                .toList();
    }

    private Mono<Void> work(Duration time) {
        return Mono.delay(time)
                .doOnSubscribe(s -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                .doFinally(s -> running.decrementAndGet())
                .then();
    }

    private static JobEngine.Builder small(JobEngine.Builder engine) {
        return engine.payloadBudget(MIB).queue("default", q -> q.concurrency(50));
    }

    @Test
    void longPayloadsRunAsFarAsTheBudgetGoesAndTheRestStaysInTheStore() {
        given(100, "default", 300 * KIB);
        mill.start(e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));

        mill.pass(ofSeconds(3));
        assertThat(most).as("three have 900 KiB of the budget of 1 MiB").hasValue(3);
        mill.pass(ofSeconds(20));
        assertThat(mill.leased())
                .as("what waits longer than a heartbeat goes back")
                .isLessThan(10);
        mill.pass(ofMinutes(2));

        assertThat(most).hasValue(3);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(100).allMatch(job -> job.attempt() == 1);
    }

    @Test
    void onePayloadAlwaysFits() {
        given(3, "default", 3 * MIB);
        mill.start(e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));

        mill.pass(ofSeconds(10));

        assertThat(most).hasValue(1);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
    }

    @Test
    void shortPayloadsCountAsWell() {
        given(2_000, "default", 1_900);
        mill.start(e -> e.payloadBudget(MIB)
                .queue("default", q -> q.concurrency(2_000))
                .subscribe(GRIND, job -> work(ofSeconds(1))));

        mill.pass(ofSeconds(10));

        assertThat(most.get()).isBetween(400, 600);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2_000);
    }

    @Test
    void shortJobsOfAnotherQueueAreNotHeldUpByLongOnes() {
        given(5, "default", 900 * KIB);
        given(500, "mill", 100);
        AtomicInteger shortOnes = new AtomicInteger();
        mill.start(e -> small(e).queue("mill", q -> q.concurrency(10))
                .subscribe(
                        GRIND,
                        job -> job.queue().equals("mill")
                                ? Mono.fromRunnable(shortOnes::incrementAndGet)
                                : work(ofMinutes(1))));

        mill.pass(ofSeconds(5));

        assertThat(running).hasValue(1);
        assertThat(shortOnes).hasValue(500);
    }

    @Test
    void deliveriesCountUntilTheyAreSettled() {
        given(20, "default", 300 * KIB);
        JobEngine engine = mill.start(e -> e.payloadBudget(MIB).queue("mill"));
        List<Delivery<String>> delivered = new ArrayList<>();
        engine.receive(GRIND, QueueSettings.defaults(), RetryPolicy.defaults()).subscribe(delivered::add);
        mill.settleDown();
        assertThat(delivered)
                .hasSize(3)
                .allMatch(delivery -> delivery.job().payload().length() == 300 * KIB - 2);

        delivered.get(0).settle(JobOutcome.complete()).subscribe();
        mill.settleDown();

        assertThat(delivered).hasSize(4);
    }

    @Test
    void whatAnIdleEngineClaimsAsItIsEnqueuedCountsToo() {
        JobEngine engine = mill.start(e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));
        for (int i = 0; i < 10; i++) {
            engine.client().enqueue(GRIND.job("x".repeat(300 * KIB))).subscribe();
        }

        mill.pass(ofSeconds(20));

        assertThat(most).hasValue(3);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(10);
    }

    @Test
    void whenTheEngineStopsWhatWaitsForTheBudgetIsHandedBackUncharged() {
        given(20, "default", 300 * KIB);
        JobEngine engine = mill.start(e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));

        mill.stop(engine, ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(17).allMatch(job -> job.attempt() == 0);
    }

    @Test
    void payloadsThatCannotBeReadWhileTheStoreIsAwayAreReadLater() {
        given(20, "default", 100 * KIB);
        Unreliable store = new Unreliable(mill.store());
        store.refuse("payloads");
        mill.start(store.proxy(), e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));
        mill.pass(ofSeconds(30));
        assertThat(mill.store().jobs(JobState.COMPLETED)).isEmpty();
        assertThat(store.calls("claim")).as("claims, further and further apart").isLessThan(40);

        store.allow("payloads");
        mill.pass(ofSeconds(30));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(20).allMatch(job -> job.attempt() == 1);
    }

    @Test
    void aClaimThatFailedIsFollowedByOneThatBringsNoPayloads() {
        given(20, "default", 100);
        Unreliable store = new Unreliable(mill.store());
        store.refuse("claim");
        mill.start(store.proxy(), e -> small(e).subscribe(GRIND, job -> work(ofSeconds(1))));

        store.allow("claim");
        mill.pass(ofSeconds(10));

        assertThat(store.calls("payloads")).isPositive();
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(20);
    }

    private JobSnapshot theOneThatIs(Payload instead) {
        List<JobId> ids = given(10, "default", 100 * KIB);
        Unreliable store = new Unreliable(mill.store());
        store.change(
                "payloads",
                answer -> ((List<?>) answer)
                        .stream()
                                .map(each -> ((Payload) each).job()
                                                == ids.get(4).value()
                                        ? new Payload(
                                                ids.get(4).value(), instead.bytes(), null, null, instead.refused())
                                        : each)
                                .toList());
        mill.start(
                store.proxy(),
                e -> small(e).subscribe(JobHandler.of(GRIND, job -> work(ofSeconds(1)))
                        .retry(RetryPolicy.defaults().maxAttempts(2))));
        mill.pass(ofMinutes(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(9);
        return mill.find(ids.get(4));
    }

    @Test
    void aPayloadThatTheStoreRefusesFailsItsJobAndNoOther() {
        JobSnapshot job =
                theOneThatIs(Payload.refused(1, new StoreException("no string so long", false, "54000", null)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("no string so long"));
    }

    @Test
    void aPayloadForWhichTheStoreHadTooLittleMemoryCountsAsAnAttempt() {
        JobSnapshot job = theOneThatIs(Payload.refused(1, new StoreException("out of memory", true, "53200", null)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.failures()).hasSize(2);
    }

    @Test
    void aPayloadThatNoHeapCouldHoldFailsItsJobAndNoOther() {
        JobSnapshot job = theOneThatIs(new Payload(1, 300L * MIB, null, null));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message())
                        .contains("314572800 bytes")
                        .contains("payloadBudget"));
    }
}
