package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The other tests rely on a blocking call being found wherever a handler or the engine must not block. */
class BlockHoundActiveTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    @Component
    static class Sleepy {
        @HandlesJob(value = "grind", maxAttempts = "1")
        Mono<Void> grind(String grain) {
            return Mono.fromCallable(() -> {
                TimeUnit.MILLISECONDS.sleep(1);
                return null;
            });
        }
    }

    @Test
    void aHandlerThatSaysItDoesNotBlockAndBlocksIsFound() {
        try (TestApp app = TestApp.of(Sleepy.class).start()) {
            Enqueued enqueued = app.client().enqueue(GRIND.job("rye")).block(PATIENCE);

            await().atMost(PATIENCE)
                    .until(() ->
                            app.client().find(enqueued.id()).block(PATIENCE).state() == JobState.FAILED);
            assertThat(app.client().find(enqueued.id()).block(PATIENCE).failures())
                    .first()
                    .satisfies(failure -> assertThat(failure.errorType()).contains("BlockingOperationError"));
        }
    }
}
