package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobProducer;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.UnknownKindException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs that are enqueued in a transaction of the caller's are there when it is committed, and not before. */
@OnEachServer
class TransactionTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private Connection connection;
    private JobEngine engine;

    TransactionTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    /** An engine that looks by itself twice a day: what it finds sooner it was told of. */
    @BeforeEach
    void startEngineAndTransaction() {
        engine = JobEngine.builder(schema.store())
                .queue("default", q -> q.pollInterval(ofHours(12)))
                .subscribe(GRIND, job -> Mono.fromRunnable(() -> handled.add(job.payload())))
                .build();
        engine.start().block(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
        connection = schema.server().connectionFactory().create().block(PATIENCE);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            Mono.from(connection.close()).block(PATIENCE);
            engine.stop(ofSeconds(5)).block(PATIENCE);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private JobProducer inTransaction() {
        return engine.client().in(schema.store().transaction(connection));
    }

    private void commit() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    private void rollback() {
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
    }

    private <T> T inside(Function<JobProducer, Mono<T>> work) {
        return work.apply(inTransaction()).block(PATIENCE);
    }

    @Test
    void committedItRunsAtOnce() {
        inside(queue -> queue.enqueue(GRIND.job("rye")));
        assertThat(engine.operator().audit().block(PATIENCE).jobs()).isZero();

        commit();

        await().atMost(PATIENCE).until(() -> handled.contains("rye"));
    }

    @Test
    void rolledBackItNeverWas() {
        JobId id = inside(queue -> queue.enqueue(GRIND.job("rye").uniqueKey("rye")))
                .id();

        rollback();

        assertThat(engine.client().find(id).block(PATIENCE)).isNull();
        assertThat(engine.client()
                        .enqueue(GRIND.job("rye").uniqueKey("rye"))
                        .block(PATIENCE)
                        .created())
                .as("its key is free")
                .isTrue();
        await().atMost(PATIENCE).until(() -> handled.size() == 1);
    }

    @Test
    void whatTookLongToCommitIsFoundAtOnceAllTheSame() {
        inside(queue -> queue.enqueue(GRIND.job("late")));
        run("UPDATE %s.pending SET run_at = run_at - interval '1 minute'");

        commit();

        await().atMost(PATIENCE).until(() -> handled.contains("late"));
    }

    /** In the transaction. */
    private void run(String sql) {
        Flux.from(connection.createStatement(String.format(sql, schema.name())).execute())
                .flatMap(Result::getRowsUpdated)
                .blockLast(PATIENCE);
    }

    @Test
    void anOpenTransactionDelaysNobodyElse() {
        inside(queue -> queue.enqueue(GRIND.job("slow").uniqueKey("slow")));

        JobClient others = JobClient.create(schema.store());
        List<Enqueued> answers = Flux.range(0, 500)
                .flatMap(i -> others.enqueue(
                        i % 2 == 0 ? GRIND.job("rye") : GRIND.job("rye").uniqueKey("rye " + i)))
                .collectList()
                .block(PATIENCE);

        assertThat(answers).hasSize(500);
        await().atMost(PATIENCE).until(() -> handled.size() == 500);
        assertThat(handled).doesNotContain("slow");
        commit();
        await().atMost(PATIENCE).until(() -> handled.contains("slow"));
    }

    @Test
    void manyAreThereTogetherOrNotAtAll() {
        List<NewJob<String>> jobs =
                IntStream.range(0, 2_500).mapToObj(i -> GRIND.job("sack " + i)).toList();
        List<Enqueued> inBulk = inside(queue -> queue.enqueueAll(jobs));
        Long streamed =
                inside(queue -> queue.enqueueAll(Flux.fromIterable(jobs)).count());
        assertThat(inBulk).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(streamed).isEqualTo(2_500);
        assertThat(handled).isEmpty();

        commit();

        await().atMost(PATIENCE).until(() -> handled.size() == 5_000);
    }

    @Test
    void aJobThatCannotBeIsRefusedBeforeItReachesTheTransaction() {
        JobType<String> unknown = JobType.of("weave", String.class);

        assertThat(catchThrowable(() -> inside(queue -> queue.enqueue(unknown.job("wool")))))
                .isInstanceOf(UnknownKindException.class);
        inside(queue -> queue.enqueue(GRIND.job("rye")));
        commit();

        await().atMost(PATIENCE).until(() -> handled.contains("rye"));
    }
}
