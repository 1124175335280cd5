package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** An engine sweeps when a heartbeat has told it that something expires. */
class SweepOnDemandTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private JobEngine engineOn(Unreliable store, UnaryOperator<JobEngine.Builder> settings) {
        return mill.start(
                store.proxy(),
                e -> settings.apply(e)
                        .subscribe(GRIND, job -> Mono.delay(ofHours(1)).then()));
    }

    @Test
    void whereNothingExpiresNothingIsSwept() {
        Unreliable store = new Unreliable(mill.store());
        engineOn(store, e -> e);
        engineOn(new Unreliable(mill.store()), e -> e);
        int atStart = store.calls("sweep");

        mill.pass(ofMinutes(10));

        assertThat(store.calls("sweep")).isEqualTo(atStart).isOne();
        assertThat(store.calls("heartbeat")).isBetween(59, 61);
    }

    @Test
    void whatASilentEngineHadRunsElsewhereSoonAfterItsExpiry() {
        Unreliable dying = new Unreliable(mill.store());
        Unreliable living = new Unreliable(mill.store());
        JobEngine dead = engineOn(dying, e -> e);
        JobId id = mill.enqueue(dead, GRIND.job("rye"));
        mill.pass(ofSeconds(3));
        engineOn(living, e -> e);
        mill.pass(ofMinutes(1));
        // Its last heartbeat was at most ten seconds ago, and it counts as alive for thirty.
        List.of("heartbeat", "sweep", "claim", "settle").forEach(dying::refuse);
        int before = living.calls("sweep");

        mill.pass(ofSeconds(32));

        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);
        assertThat(mill.store().inspector().workers().count().block()).isOne();
        assertThat(living.calls("sweep") - before).as("sweeps").isBetween(1, 2);
    }

    @Test
    void aSweepThatFailsIsMadeAgainWithTheNextHeartbeat() {
        Unreliable dying = new Unreliable(mill.store());
        Unreliable living = new Unreliable(mill.store());
        engineOn(dying, e -> e);
        engineOn(living, e -> e);
        List.of("heartbeat", "sweep").forEach(dying::refuse);
        living.refuse("sweep");
        mill.pass(ofSeconds(45));
        assertThat(mill.store().inspector().workers().count().block()).isEqualTo(2);

        living.allow("sweep");
        mill.pass(ofSeconds(12));

        assertThat(mill.store().inspector().workers().count().block()).isOne();
    }

    @Test
    void aLongerIntervalIsKept() {
        assertThat(timesAsked(ofMinutes(1))).isBetween(9, 11);
        assertThat(timesAsked(ofSeconds(10))).isBetween(59, 61);
    }

    @Test
    void anIntervalShorterThanTheHeartbeatsHasSweepsOfItsOwn() {
        Unreliable store = new Unreliable(mill.store());
        engineOn(store, e -> e.sweepInterval(ofSeconds(1)));

        mill.pass(ofMinutes(1));

        assertThat(store.calls("sweep")).isBetween(50, 76);
    }

    private int timesAsked(Duration interval) {
        Unreliable store = new Unreliable(mill.store());
        int[] asked = new int[1];
        store.listen((verb, args) -> {
            if (verb.equals("heartbeat") && args[0].toString().contains("asksForSweep=true")) {
                asked[0]++;
            }
        });
        engineOn(store, e -> e.sweepInterval(interval));
        mill.pass(ofMinutes(10));
        return asked[0];
    }
}
