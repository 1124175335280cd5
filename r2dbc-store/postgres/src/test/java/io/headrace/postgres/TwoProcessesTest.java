package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Two engines in two processes on one queue. */
@Tag("slow")
class TwoProcessesTest {

    static final JobType<Integer> GRIND = JobType.of("grind", Integer.class);

    private static final int JOBS = 20_000;

    @TempDir
    Path folder;

    @OnEachServer
    void shareTheJobsAndRecordEachOutcomeOnce(TestServer server) throws IOException, InterruptedException {
        TestSchema schema = new TestSchema(server);
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try {
            Process one = WorkerProcess.start(schema, first, JOBS);
            Process two = WorkerProcess.start(schema, second, JOBS);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 2);
            JobClient client = JobClient.create(schema.store());
            client.enqueueAll(IntStream.range(0, JOBS / 2).mapToObj(GRIND::job).toList())
                    .block();
            client.enqueueAll(Flux.range(JOBS / 2, JOBS / 2).map(GRIND::job)).blockLast(Duration.ofMinutes(1));

            assertThat(one.waitFor(2, TimeUnit.MINUTES) && two.waitFor(2, TimeUnit.MINUTES))
                    .isTrue();
            assertThat(one.exitValue()).isZero();
            assertThat(two.exitValue()).isZero();

            List<String> handled = new ArrayList<>();
            for (Path ledger : List.of(first, second)) {
                List<String> share = Files.readAllLines(ledger);
                assertThat(share).isNotEmpty();
                handled.addAll(share);
            }
            assertThat(handled).hasSize(JOBS).doesNotHaveDuplicates();
            assertThat(schema.number("SELECT sum(size) FROM %s.completed")).isEqualTo(JOBS);
            schema.audit();
        } finally {
            schema.close();
        }
    }
}
