package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A process that is told to end stops its engine first: nothing is left leased, and no attempt is charged. */
class SigtermTest {

    private static final JobType<Integer> GRIND = JobType.of("grind", Integer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An engine whose handlers never end. */
    public static void main(String[] args) {
        PostgresJobStore store = ChildProcess.store(args);
        JobEngine.builder(store)
                .queue("default", queue -> queue.concurrency(5).prefetch(5))
                .grace(Duration.ofSeconds(1))
                .stopOnShutdown()
                .subscribe(GRIND, job -> Mono.never())
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    @Test
    void nothingIsLeftBehind() throws IOException, InterruptedException {
        TestSchema schema = new TestSchema(TestServer.newest());
        Process process = ChildProcess.start(SigtermTest.class, schema);
        try {
            JobClient.create(schema.store())
                    .enqueueAll(IntStream.range(0, 20).mapToObj(GRIND::job).toList())
                    .block(PATIENCE);
            await().atMost(PATIENCE)
                    .until(() ->
                            schema.store().inspector().audit().block(PATIENCE).leased() == 10);

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(schema.number("SELECT count(*) FROM %s.worker")).isZero();
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(schema.number("SELECT sum(size) FROM %s.pending WHERE attempt = 0 AND suspicion = 0"))
                    .isEqualTo(20);
            schema.audit();
        } finally {
            process.destroyForcibly();
            schema.close();
        }
    }
}
