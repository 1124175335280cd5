package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** The store is out of reach for longer than the expiry, while the engines live. */
class OutageTest {

    private static final List<String> CALLS = List.of("heartbeat", "sweep", "claim", "settle");

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger cancelled = new AtomicInteger();

    private JobEngine engineOn(Unreliable store) {
        return mill.start(
                store.proxy(),
                e -> e.sweepInterval(ofSeconds(1))
                        .subscribe(GRIND, job -> Mono.delay(ofMinutes(10)).doOnCancel(cancelled::incrementAndGet)));
    }

    @Test
    void afterAFailedHeartbeatNothingIsSweptBeforeOneIsAnswered() {
        Unreliable store = new Unreliable(mill.store());
        engineOn(store);
        store.refuse("heartbeat");
        mill.pass(ofSeconds(11));
        int before = store.calls("sweep");

        mill.pass(ofSeconds(8));
        assertThat(store.calls("sweep")).as("sweeps meanwhile").isEqualTo(before);
        store.allow("heartbeat");
        mill.pass(ofMillis(500));
        assertThat(store.calls("sweep")).as("sweeps before the heartbeat").isEqualTo(before);
        mill.pass(ofSeconds(3));

        assertThat(store.calls("sweep")).as("sweeps after it").isGreaterThan(before);
    }

    @Test
    void afterAFailedSweepNothingIsSweptBeforeAHeartbeatIsAnswered() {
        Unreliable store = new Unreliable(mill.store());
        engineOn(store);
        mill.pass(ofSeconds(2));
        store.refuse("sweep");
        mill.pass(ofSeconds(2));
        int before = store.calls("sweep");
        store.allow("sweep");

        mill.pass(ofSeconds(5));
        assertThat(store.calls("sweep")).isEqualTo(before);
        mill.pass(ofSeconds(5));

        assertThat(store.calls("sweep")).isGreaterThan(before);
    }

    @Test
    void enginesThatLiveThroughItKeepTheirLeases() {
        Unreliable first = new Unreliable(mill.store());
        Unreliable second = new Unreliable(mill.store());
        JobEngine one = engineOn(first);
        mill.pass(ofSeconds(3));
        JobEngine another = engineOn(second);
        JobId here = mill.enqueue(one, GRIND.job("rye"));
        JobId there = mill.enqueue(another, GRIND.job("oats"));
        mill.pass(ofSeconds(1));

        for (int outage = 0; outage < 3; outage++) {
            CALLS.forEach(first::refuse);
            CALLS.forEach(second::refuse);
            mill.pass(ofSeconds(47 + 5 * outage));
            CALLS.forEach(first::allow);
            CALLS.forEach(second::allow);
            mill.pass(ofMinutes(1));
        }

        assertThat(cancelled).hasValue(0);
        assertThat(List.of(mill.find(here).state(), mill.find(there).state()))
                .containsExactly(JobState.LEASED, JobState.LEASED);
        mill.pass(ofMinutes(5));
        assertThat(mill.find(here).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(there).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(there).attempt()).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesInItIsGivenUpAnExpiryAndASweepAfterTheStoreIsBack() {
        Unreliable living = new Unreliable(mill.store());
        Unreliable dying = new Unreliable(mill.store());
        JobEngine dead = engineOn(dying);
        JobId id = mill.enqueue(dead, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        engineOn(living);
        CALLS.forEach(dying::refuse);
        CALLS.forEach(living::refuse);
        mill.pass(ofMinutes(2));
        CALLS.forEach(living::allow);

        mill.pass(ofSeconds(29));
        assertThat(workers()).as("it may yet be back").isEqualTo(2);
        // After a heartbeat of the living, an expiry and a sweep.
        mill.pass(ofSeconds(13));

        assertThat(workers()).isEqualTo(1);
        assertThat(mill.find(id).state()).as("runs elsewhere").isEqualTo(JobState.LEASED);
    }

    private long workers() {
        return mill.store().inspector().workers().count().block();
    }
}
