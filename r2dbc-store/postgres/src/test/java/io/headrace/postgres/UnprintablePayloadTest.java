package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** 81 KB on their way into jsonb, under 3 KB in it, and over 1 GiB on their way out, which PostgreSQL cannot do. */
@Tag("slow")
class UnprintablePayloadTest {

    private static final JobType<Integer> GRIND = JobType.of("grind", Integer.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void failsItsJobAndKeepsNoOtherFromRunning() {
        TestSchema schema = new TestSchema(TestServer.newest());
        AtomicInteger handled = new AtomicInteger();
        try {
            String numbers = "[" + String.join(",", Collections.nCopies(9_000, "1e131000")) + "]";
            List<EncodedJob> jobs = Stream.of("1", numbers, "2", "3")
                    .map(json -> new EncodedJob("default", "grind", 4, Duration.ZERO, null, json, null, null, null))
                    .toList();
            schema.store().intake().enqueue(jobs, 0).block(PATIENCE);
            JobEngine engine = JobEngine.builder(schema.store())
                    .subscribe(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet))
                    .build();

            engine.start().block(PATIENCE);

            await().atMost(PATIENCE).until(() -> handled.get() == 3);
            await().atMost(PATIENCE)
                    .until(() -> schema.number(
                                    "SELECT count(*) FROM %s.tombstone WHERE state = 'FAILED' AND attempt = 1"
                                            + " AND failures -> 0 ->> 'message' LIKE 'The payload cannot be read (SQLSTATE 54000)%'")
                            == 1);
            engine.stop().block(PATIENCE);
            assertThat(engine.operator().audit().block(PATIENCE)).hasToString("ok");
        } finally {
            schema.close();
        }
    }
}
