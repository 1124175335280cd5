package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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

/**
 * What steps cost the server beyond their jobs, in counts that do not depend on the machine: WAL bytes and statements. The
 * bounds are the design's.
 */
@Tag("slow")
class StepCostTest {

    private static final Logger log = LoggerFactory.getLogger(StepCostTest.class);

    private static final JobType<Integer> ORDER = JobType.of("order", Integer.class);
    private static final int JOBS = 10_000;
    private static final int CONCURRENCY = 500;
    private static final Set<StoreCall> OF_STEPS = EnumSet.of(StoreCall.STEPS, StoreCall.STEPS_READ);

    private static final List<String> NAMES = List.of("charge", "reserve", "ship", "mail");

    /** 18 bytes of JSON. */
    record Receipt(String id) {}

    private final TestSchema schema = new TestSchema(TestServer.newest()).withSegments(3);
    private final AtomicInteger statements = new AtomicInteger();

    @BeforeEach
    void letNothingElseWrite() {
        schema.execute("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = '" + schema.name() + "'::regnamespace LOOP"
                + " EXECUTE 'ALTER TABLE ' || t || ' SET (autovacuum_enabled = false)'; END LOOP; END $$");
        wal(CONCURRENCY, StepCostTest::charge);
        statements.set(0);
    }

    @AfterEach
    void close() {
        schema.close();
    }

    private static Mono<Void> charge(Job<Integer> job) {
        return Flux.fromIterable(NAMES)
                .concatMap(name -> job.step(name, Receipt.class, () -> Mono.just(new Receipt("r-" + job.payload()))))
                .then();
    }

    @Test
    void stepsOfManyJobsAtOnce() {
        long without = least(job -> Mono.empty());
        assertThat(statements).as("of jobs without steps").hasValue(0);
        long with = least(StepCostTest::charge);

        double walPerStep = (double) (with - without) / (JOBS * NAMES.size());
        double statementsPerThousand = statements.get() * 1_000.0 / (3 * JOBS * NAMES.size());
        log.warn("steps: {} bytes of WAL each, {} statements per 1,000", walPerStep, statementsPerThousand);
        assertThat(walPerStep).isLessThan(200);
        assertThat(statementsPerThousand).isLessThan(20);
        assertThat(schema.number("SELECT count(*) FROM %s.step")).isEqualTo((3L * JOBS + CONCURRENCY) * NAMES.size());
    }

    /** A checkpoint or an autovacuum of the server's adds to the counter, nothing takes from it. */
    private long least(Function<Job<Integer>, Publisher<?>> handler) {
        return IntStream.range(0, 3).mapToLong(run -> wal(JOBS, handler)).min().orElseThrow();
    }

    /** The WAL of jobs from their claim to their end. */
    private long wal(int jobs, Function<Job<Integer>, Publisher<?>> handler) {
        PostgresJobStore store = schema.open(9);
        JobClient.create(store)
                .enqueueAll(IntStream.range(1_000_000, 1_000_000 + jobs)
                        .mapToObj(ORDER::job)
                        .toList())
                .block(Duration.ofMinutes(1));
        long before = insertedWal();
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = JobEngine.builder(store)
                .observer(new JobObserver() {
                    @Override
                    public void answered(StoreCall call, long answers, Duration took) {
                        if (OF_STEPS.contains(call)) {
                            statements.incrementAndGet();
                        }
                    }
                })
                .queue("default", queue -> queue.concurrency(CONCURRENCY))
                .subscribe(ORDER, job -> Flux.from(handler.apply(job)).doOnComplete(handled::incrementAndGet))
                .build();
        engine.start().block();
        await().atMost(Duration.ofMinutes(2)).until(() -> handled.get() == jobs);
        engine.stop().block();
        long after = insertedWal();
        assertThat(engine.operator().audit().block().toString()).isEqualTo("ok");
        store.close().block();
        return after - before;
    }

    private long insertedWal() {
        return schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }
}
