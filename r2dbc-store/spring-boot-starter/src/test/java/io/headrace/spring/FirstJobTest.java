package io.headrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.WorkerSnapshot;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One dependency, the database's URL, and a method: a job is enqueued and handled. */
class FirstJobTest {

    record IndexRepository(String url) {}

    private static final JobType<IndexRepository> INDEX = JobType.of("index-repository", IndexRepository.class);

    @Component
    static class Indexing {
        final Queue<String> indexed = new ConcurrentLinkedQueue<>();

        @HandlesJob("index-repository")
        Mono<Void> index(IndexRepository job) {
            return Mono.fromRunnable(() -> indexed.add(job.url()));
        }
    }

    @Test
    void whatIsEnqueuedIsHandled() {
        try (TestApp app = TestApp.of(Indexing.class).start()) {
            Enqueued enqueued = app.client()
                    .enqueue(INDEX.job(new IndexRepository("https://example.org/mill.git")))
                    .block(TestApp.PATIENCE);

            await().atMost(TestApp.PATIENCE)
                    .until(() -> app.client().find(enqueued.id()).block().state() == JobState.COMPLETED);
            assertThat(app.bean(Indexing.class).indexed).containsExactly("https://example.org/mill.git");
        }
    }

    @Test
    void anApplicationWithoutAVersionDoesNotHaveThatOfALibrary() {
        try (TestApp app = TestApp.of(Indexing.class)
                .with("spring.application.version", "")
                .start()) {
            assertThat(app.bean(JobOperator.class).workers().blockFirst(TestApp.PATIENCE))
                    .extracting(WorkerSnapshot::version)
                    .isNull();
        }
    }
}
