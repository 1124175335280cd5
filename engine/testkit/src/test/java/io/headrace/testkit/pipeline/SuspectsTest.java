package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Suspicion;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Jobs whose workers died run in ever smaller company, and do not hold up the others. */
class SuspectsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void ofThoseSomewhatSuspectedTheSquareRootOfTheConcurrencyRunsAtATime() {
        enqueue(40);
        lose(40, Suspicion.NONE);

        mill.start(this::ofTenSecondsEach);
        mill.pass(ofSeconds(95));

        assertThat(most).hasValue(4);
        assertThat(mill.store().jobs(JobState.COMPLETED))
                .as("ten rounds of four, none of which waits for a poll")
                .hasSize(36);
    }

    @Test
    void ofThoseStronglySuspectedOneRunsAtATime() {
        enqueue(5);
        lose(5, Suspicion.NONE);
        lose(5, Suspicion.SOME);

        mill.start(this::ofTenSecondsEach);
        mill.pass(ofSeconds(45));

        assertThat(most).hasValue(1);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(4);
    }

    @Test
    void oneRunsAtATimeHoweverManyQueuesHaveSome() {
        enqueue(3);
        JobClient.create(mill.store())
                .enqueue(GRIND.job("elsewhere").queue("weir"))
                .subscribe();
        mill.settleDown();
        lose(3, Suspicion.NONE);
        lose(3, Suspicion.SOME);
        lose("weir", 1, Suspicion.NONE);
        lose("weir", 1, Suspicion.SOME);

        mill.start(e -> ofTenSecondsEach(e).queue("weir", q -> q.concurrency(5)));
        mill.pass(ofSeconds(60));

        assertThat(most).hasValue(1);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(4);
    }

    @Test
    void theRoomForThemIsTheEnginesAndWhatOneQueueDoesNotUseAnotherMay() {
        enqueue(2);
        lose(2, Suspicion.NONE);
        for (int i = 0; i < 3; i++) {
            JobClient.create(mill.store())
                    .enqueue(GRIND.job("elsewhere").queue("weir"))
                    .subscribe();
        }
        mill.settleDown();
        lose("weir", 3, Suspicion.NONE);

        mill.start(e -> ofTenSecondsEach(e).queue("weir", q -> q.concurrency(9)));
        mill.pass(ofSeconds(9));

        assertThat(running).as("the root of 16 + 9").hasValue(5);
    }

    @Test
    void othersRunBesideThem() {
        enqueue(20);
        lose(20, Suspicion.NONE);
        enqueue(20);

        mill.start(this::ofTenSecondsEach);
        mill.pass(ofSeconds(1));

        assertThat(running)
                .as("four suspects, and others in the rest of the slots")
                .hasValue(16);
    }

    @Test
    void aClaimThatFailsTakesNoRoomFromThem() {
        Unreliable store = new Unreliable(mill.store());
        enqueue(8);
        lose(8, Suspicion.NONE);
        mill.start(store.proxy(), this::ofTenSecondsEach);
        mill.pass(ofSeconds(5));
        store.refuse("claim");
        mill.pass(ofSeconds(15));
        store.allow("claim");
        mill.pass(ofSeconds(20));

        assertThat(most).hasValue(4);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(8);
    }

    private JobEngine.Builder ofTenSecondsEach(JobEngine.Builder engine) {
        return engine.queue("default", q -> q.concurrency(16).prefetch(0))
                .subscribe(
                        GRIND,
                        job -> Mono.delay(ofSeconds(10))
                                .doOnSubscribe(s -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                                .doFinally(s -> running.decrementAndGet()));
    }

    private void enqueue(int jobs) {
        JobClient client = JobClient.create(mill.store());
        for (int i = 0; i < jobs; i++) {
            client.enqueue(GRIND.job("sack " + i)).subscribe();
        }
        mill.settleDown();
    }

    private void lose(int jobs, Suspicion suspicion) {
        lose("default", jobs, suspicion);
    }

    /** Workers claim all of these and fall silent. */
    private void lose(String queue, int jobs, Suspicion suspicion) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, ofHours(1));
        long worker = register("dead", queue, ofSeconds(5));
        assertThat(mill.store()
                        .leases()
                        .claim(new ClaimRequest(worker, queue, Map.of("grind", terms), jobs, suspicion))
                        .block()
                        .jobs())
                .hasSize(jobs);
        mill.pass(ofSeconds(6));
        long living = register("living", queue, ofHours(1));
        assertThat(mill.store().workers().sweep(living).block().returned()).isEqualTo(jobs);
        mill.store().workers().unregister(living).block();
    }

    private long register(String name, String queue, Duration expiry) {
        return mill.store()
                .workers()
                .register(name, Set.of(queue), expiry, false)
                .block();
    }
}
