package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The console alone, on a port of its own. */
class ConsoleServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());

    @Test
    void itServesThePagesUnderItsPathUntilItIsStopped() {
        ConsoleServer server =
                ConsoleServer.builder(operator).port(0).path("/jobs").start().block(PATIENCE);
        WebTestClient client =
                WebTestClient.bindToServer().baseUrl(server.uri().toString()).build();
        client.get().uri("").exchange().expectStatus().isOk();
        client.get().uri("console.js").exchange().expectStatus().isOk();
        client.head()
                .uri("console.js")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
        server.stop().block(PATIENCE);
        server.onStopped().block(PATIENCE);
        assertThat(server.uri().getPath()).isEqualTo("/jobs/");
    }
}
