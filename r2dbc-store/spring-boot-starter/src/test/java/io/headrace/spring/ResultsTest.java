package io.headrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The result of an annotated method is awaited with the injected client. */
class ResultsTest {

    record Sack(String grain, int kilos) {}

    record Weight(int grams) {}

    private static final JobType<Sack> WEIGH = JobType.of("weigh", Sack.class);

    @Component
    static class Scales {

        @HandlesJob("weigh")
        Mono<JobOutcome> weigh(Sack sack) {
            return Mono.just(
                    sack.kilos() > 0
                            ? JobOutcome.complete(new Weight(1_000 * sack.kilos()))
                            : JobOutcome.fail("the sack is empty"));
        }
    }

    @Test
    void theInjectedClientEmitsIt() {
        try (TestApp app = TestApp.of(Scales.class).start()) {
            JobClient client = app.client();

            assertThat(client.enqueue(WEIGH.job(new Sack("rye", 3)))
                            .flatMap(job -> client.await(job.id(), Weight.class))
                            .block(TestApp.PATIENCE))
                    .isEqualTo(new Weight(3_000));

            JobId empty = client.enqueue(WEIGH.job(new Sack("rye", 0)))
                    .block(TestApp.PATIENCE)
                    .id();
            assertThat(client.await(empty).block(TestApp.PATIENCE).state()).isEqualTo(JobState.FAILED);
            assertThatExceptionOfType(JobNotCompletedException.class)
                    .isThrownBy(() -> client.awaitGeneric(empty, Weight.class).block(TestApp.PATIENCE))
                    .withMessageContaining("the sack is empty");
        }
    }
}
