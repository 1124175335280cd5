package io.headrace.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.EngineStatus;
import io.headrace.JobEngine;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobStore;
import io.headrace.spi.StoreHealth;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

class FailedEngineTest {

    /** One of which every method answers the same. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answer));
    }

    private static JobStore wellStore() {
        StoreHealth well = new StoreHealth("V1__core", null, StoreHealth.WakeUps.HEARD);
        return answering(JobStore.class, answering(JobInspector.class, Mono.just(well)));
    }

    @Test
    void anEngineThatHasFailedIsDownAndSaysWhy() {
        EngineStatus status = new EngineStatus(
                EngineStatus.State.FAILED,
                "0HGF08RQF6GHK",
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Map.of(),
                "the heartbeat broke: java.lang.NoClassDefFoundError: Clock");

        Health health = new HeadraceHealthIndicator(wellStore(), () -> answering(JobEngine.class, status))
                .health()
                .block();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("engine", EngineStatus.State.FAILED)
                .hasEntrySatisfying(
                        "problem", problem -> assertThat(problem).asString().contains("must be restarted", "Clock"));
    }
}
