package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.NewJob;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a job costs the server over its whole life, in counts that do not depend on the machine: WAL bytes, transactions,
 * rows rewritten or deleted. The bounds are the design's.
 */
@Tag("slow")
class CostTest {

    private static final Logger log = LoggerFactory.getLogger(CostTest.class);

    private static final int JOBS = 10_000;

    /** 70 bytes of JSON. */
    record Payload(String url, int nr) {}

    private static final JobType<Payload> INDEX = JobType.of("index-repository", Payload.class);

    private final TestSchema schema = new TestSchema(TestServer.newest()).withSegments(3);

    @BeforeEach
    void letNothingElseWrite() {
        schema.execute("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = '" + schema.name() + "'::regnamespace LOOP"
                + " EXECUTE 'ALTER TABLE ' || t || ' SET (autovacuum_enabled = false)'; END LOOP; END $$");
        warmUp();
    }

    @AfterEach
    void close() {
        schema.close();
    }

    /** The first writes to a page after a checkpoint and the first parse of a statement cost more than the rest. */
    private void warmUp() {
        PostgresJobStore store = schema.open(9);
        // The segments that an engine would make ahead while it is measured.
        assertThat(store.decisions().pruneCompleted(Duration.ofDays(7)).block()).isZero();
        enqueueInBulk(JobClient.create(store), 500);
        drain(store, 500);
        store.close().block();
    }

    @Test
    void jobsEnqueuedInBulk() {
        Cost cost = measure(client -> enqueueInBulk(client, JOBS));

        log.warn("in bulk of 500: {}", cost);
        assertThat(cost.walBytesPerJob()).isLessThan(300);
        assertThat(cost.deadTuplesPerThousand()).isLessThan(20);
        assertThat(cost.commitsPerThousand()).isLessThan(20);
    }

    @Test
    void jobsEnqueuedOneByOne() {
        Cost cost = measure(client ->
                Flux.range(0, JOBS).concatMap(nr -> client.enqueue(job(nr))).blockLast(Duration.ofMinutes(2)));

        log.warn("one by one: {}", cost);
        assertThat(cost.walBytesPerJob()).isLessThan(700);
        assertThat(cost.deadTuplesPerThousand()).isLessThan(20);
    }

    private static NewJob<Payload> job(int nr) {
        return INDEX.job(new Payload("https://example.org/some/repository.git", 1_000_000 + nr));
    }

    private static void enqueueInBulk(JobClient client, int jobs) {
        Flux.range(0, jobs / 500)
                .concatMap(chunk -> client.enqueueAll(IntStream.range(0, 500)
                        .mapToObj(i -> job(chunk * 500 + i))
                        .toList()))
                .blockLast(Duration.ofMinutes(2));
    }

    private static void drain(PostgresJobStore store, int jobs) {
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = JobEngine.builder(store)
                .queue("default", queue -> queue.concurrency(500))
                .subscribe(INDEX, job -> Mono.fromRunnable(handled::incrementAndGet))
                .build();
        engine.start().block();
        await().atMost(Duration.ofMinutes(2)).until(() -> handled.get() == jobs);
        engine.stop().block();
        assertThat(engine.operator().audit().block().toString()).isEqualTo("ok");
    }

    /** The least of three: a checkpoint or an autovacuum of the server's adds to the counters, nothing takes from them. */
    private Cost measure(Consumer<JobClient> enqueue) {
        return IntStream.range(0, 3)
                .mapToObj(run -> measureOnce(enqueue))
                .min(Comparator.comparingDouble(Cost::walBytesPerJob))
                .orElseThrow();
    }

    private Cost measureOnce(Consumer<JobClient> enqueue) {
        Reading before = Reading.of(schema);
        PostgresJobStore store = schema.open(9);
        enqueue.accept(JobClient.create(store));
        drain(store, JOBS);
        store.close().block();
        return Reading.of(schema).since(before);
    }

    /** The server's counters; those of a session are added when it ends. */
    private record Reading(long wal, long commits, long dead) {

        static Reading of(TestSchema schema) {
            await().until(() -> schema.number("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
                    == 0);
            return new Reading(
                    schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"),
                    schema.number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
                    schema.number("SELECT sum(n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
                            + " WHERE schemaname = '%s' AND relname <> 'pending'"));
        }

        Cost since(Reading before) {
            return new Cost(
                    (double) (wal - before.wal) / JOBS,
                    (commits - before.commits) * 1_000.0 / JOBS,
                    (dead - before.dead) * 1_000.0 / JOBS);
        }
    }

    private record Cost(double walBytesPerJob, double commitsPerThousand, double deadTuplesPerThousand) {}
}
