package io.headrace.postgres;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.NewJob;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a follow-up costs the server, beside a job that the handler enqueues itself: bytes of WAL and transactions. */
@Tag("slow")
class FollowUpCostTest {

    private static final Logger log = LoggerFactory.getLogger(FollowUpCostTest.class);

    private static final int CHAINS = 10_000;

    record Payload(String url, int nr) {}

    private static final JobType<Payload> FETCH = JobType.of("fetch-repository", Payload.class);
    private static final JobType<Payload> INDEX = JobType.of("index-repository", Payload.class);

    private final TestSchema schema = new TestSchema(TestServer.newest()).withSegments(3);

    @BeforeEach
    void letNothingElseWrite() {
        schema.execute("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = '" + schema.name() + "'::regnamespace LOOP"
                + " EXECUTE 'ALTER TABLE ' || t || ' SET (autovacuum_enabled = false)'; END LOOP; END $$");
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private record Cost(double walBytes, double commitsPerThousand) {}

    /** The least of three. */
    private Cost least(BiFunction<JobClient, Job<Payload>, Publisher<?>> handler) {
        return IntStream.range(0, 3)
                .mapToObj(run -> measure(handler))
                .min(Comparator.comparingDouble(Cost::walBytes))
                .orElseThrow();
    }

    /** For each chain, without the enqueue of its first job. */
    private Cost measure(BiFunction<JobClient, Job<Payload>, Publisher<?>> handler) {
        enqueue();
        long commits = commits();
        long wal = wal();
        PostgresJobStore store = schema.open(9);
        AtomicInteger indexed = new AtomicInteger();
        JobClient[] client = new JobClient[1];
        JobEngine engine = JobEngine.builder(store)
                .queue("default", queue -> queue.concurrency(500))
                .subscribe(FETCH, job -> handler.apply(client[0], job))
                .subscribe(INDEX, job -> Mono.fromRunnable(indexed::incrementAndGet))
                .build();
        client[0] = engine.client();
        engine.start().block();
        await().atMost(ofMinutes(2)).until(() -> indexed.get() == CHAINS);
        engine.stop().block();
        store.close().block();
        return new Cost((double) (wal() - wal) / CHAINS, (commits() - commits) * 1_000.0 / CHAINS);
    }

    private void enqueue() {
        PostgresJobStore store = schema.open(9);
        Flux.range(0, CHAINS / 500)
                .concatMap(chunk -> JobClient.create(store)
                        .enqueueAll(IntStream.range(chunk * 500, chunk * 500 + 500)
                                .mapToObj(n -> FETCH.job(payload(n)))
                                .toList()))
                .blockLast(ofMinutes(1));
        store.close().block();
    }

    private long wal() {
        return schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }

    /** Those of a session are added when it ends. */
    private long commits() {
        await().until(() -> schema.number("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
                == 0);
        return schema.number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
    }

    private static Payload payload(int nr) {
        return new Payload("https://example.org/some/repository.git", 1_000_000 + nr);
    }

    private static NewJob<Payload> next(Job<Payload> job) {
        return INDEX.job(job.payload());
    }

    @Test
    void aFollowUpCostsNoMoreThanAJobThatTheHandlerEnqueues() {
        Cost enqueued = least((client, job) -> client.enqueue(next(job)));
        Cost followUp = least((client, job) -> Mono.just(JobOutcome.completeThen(next(job))));

        log.warn("by the handler {}, as follow-ups {}", enqueued, followUp);
        assertThat(followUp.commitsPerThousand()).isLessThan(40);
        assertThat(followUp.walBytes()).isLessThan(enqueued.walBytes() + 60).isLessThan(700);
    }
}
