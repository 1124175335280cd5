package pages;

import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What README.md shows. */
final class Readme {

    private static final Logger log = LoggerFactory.getLogger(Readme.class);

    record IndexRepository(String url) {}

    static final JobType<IndexRepository> INDEX = JobType.of("index-repository", IndexRepository.class);

    interface Indexer {
        Publisher<?> index(IndexRepository repository);
    }

    private Readme() {}

    static PostgresJobStore open() {
        PostgresMigrations.of("jdbc:postgresql://localhost:5432/app", "app", "secret")
                .migrate();

        ConnectionFactory connectionFactory =
                ConnectionFactories.get("r2dbc:postgresql://app:secret@localhost:5432/app");
        PostgresJobStore store = PostgresJobStore.create(connectionFactory);
        return store;
    }

    static void run(ConnectionFactory connectionFactory, Indexer indexer, String url) {
        JobEngine engine = JobEngine.builder(PostgresJobStore.create(connectionFactory))
                .queue("default", queue -> queue.concurrency(64))
                .subscribe(INDEX, job -> indexer.index(job.payload())) // Job<IndexRepository> -> Publisher<?>
                .build();

        engine.start()
                .then(engine.client()
                        .enqueue(INDEX.job(new IndexRepository(url))
                                .delay(Duration.ofMinutes(5))
                                .uniqueKey(url)))
                .subscribe(enqueued ->
                        log.info("{} {}", enqueued.id(), enqueued.created() ? "is new" : "existed already"));
    }
}
