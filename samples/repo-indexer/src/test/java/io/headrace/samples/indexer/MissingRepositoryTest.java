package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.samples.indexer.repository.Repositories;
import io.headrace.spring.RetryPolicyCustomizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that does not exist is tried again and again, and ends as a tombstone which an operator brings back. */
@Tag("slow")
class MissingRepositoryTest {

    private static final int ATTEMPTS = 3;

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static IndexerApp app;

    @BeforeAll
    static void startApp() {
        app = IndexerApp.start(home, Impatient.class);
    }

    @AfterAll
    static void closeApp() {
        app.close();
    }

    /** Remembers what is deployed, and has the test not wait for it. */
    static class Impatient implements RetryPolicyCustomizer {
        private RetryPolicy deployed;

        @Override
        public RetryPolicy customize(String kind, RetryPolicy policy) {
            deployed = policy;
            return policy.maxAttempts(ATTEMPTS).backoff(Backoff.fixed(Duration.ofMillis(1)));
        }
    }

    @Test
    void itIsTriedAgainUntilItIsATombstoneThatCanBeRetried() {
        Path mill = folder.resolve("mill");
        retry(0);
        UUID id = app.add(mill.toString());
        assertThat(app.outcome(id)).isEqualTo("FAILED");

        assertThat(app.bean(JobClient.class)
                        .find(app.bean(Repositories.class)
                                .get(id)
                                .block(IndexerApp.PATIENCE)
                                .job())
                        .block(IndexerApp.PATIENCE))
                .satisfies(job -> {
                    assertThat(job.state()).isEqualTo(JobState.FAILED);
                    assertThat(job.failures()).hasSize(ATTEMPTS);
                });
        app.http()
                .get()
                .uri("/repos/{id}", id)
                .exchange()
                .expectBody()
                .jsonPath("$.job.failure")
                .value(
                        String.class,
                        failure -> assertThat(failure).startsWith("file://" + mill + " cannot be cloned: "))
                .jsonPath("$.indexed")
                .doesNotExist();
        app.http()
                .post()
                .uri("/repos")
                .bodyValue(Map.of("url", mill.toString()))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.enqueued")
                .isEqualTo(false);

        GitRepository.small(mill);
        retry(1);

        assertThat(app.outcome(id)).isEqualTo("COMPLETED");
        retry(0);
    }

    @Test
    void theWaitsGrow() {
        RetryPolicy deployed = app.bean(Impatient.class).deployed;

        assertThat(deployed.maxAttempts()).isEqualTo(6);
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(deployed.backoff()::delay))
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 10L, 20L, 40L, 80L);
    }

    private static void retry(int failed) {
        app.http()
                .post()
                .uri("/admin/retry")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$")
                .isEqualTo(Map.of("matched", failed, "retried", failed, "raced", 0, "pruned", 0));
    }
}
