package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.UniqueKeyBusyException;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A transaction that is slow to end has a unique key: whoever wants that very key waits for it, and nobody else. */
@OnEachServer
@Tag("slow")
class BusyKeyTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private JobClient client;
    private Connection connection;

    BusyKeyTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    @BeforeEach
    void aSlowTransactionTakesAKey() {
        client = JobClient.builder(schema.store()).maxKeyWait(PATIENCE).build();
        connection = schema.server().connectionFactory().create().block(PATIENCE);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
        assertThat(client.in(schema.store().transaction(connection))
                        .enqueue(keyed("busy"))
                        .block(PATIENCE)
                        .created())
                .isTrue();
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            Mono.from(connection.close()).block(PATIENCE);
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
        } finally {
            schema.close();
        }
    }

    private static NewJob<String> keyed(String key) {
        return GRIND.job("sack of " + key).uniqueKey(key);
    }

    private void commit() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    private void rollback() {
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
    }

    @Test
    void theOneWithTheKeyIsAnsweredWhenItIsCommittedAndAllOthersAtOnce() {
        // All in one statement at first.
        List<CompletableFuture<Enqueued>> same = IntStream.range(0, 3)
                .mapToObj(i -> client.enqueue(keyed("busy")).toFuture())
                .toList();
        List<Enqueued> others = Flux.range(0, 400)
                .flatMap(i -> client.enqueue(i % 2 == 0 ? keyed("free " + i) : GRIND.job("no key")), 400)
                .collectList()
                .block(PATIENCE);

        assertThat(others).hasSize(400).allMatch(Enqueued::created);
        assertThat(client.enqueue(keyed("later")).block(PATIENCE).created()).isTrue();
        assertThat(same).noneMatch(CompletableFuture::isDone);

        commit();

        assertThat(same)
                .allSatisfy(answer -> assertThat(
                                Mono.fromFuture(answer).block(PATIENCE).created())
                        .isFalse());
    }

    @Test
    void rolledBackTheFirstOfThoseThatWaitHasTheKey() {
        List<CompletableFuture<Enqueued>> same = IntStream.range(0, 20)
                .mapToObj(i -> client.enqueue(keyed("busy")).toFuture())
                .toList();
        assertThat(client.enqueue(keyed("free")).block(PATIENCE).created()).isTrue();

        rollback();

        List<Enqueued> answers = same.stream()
                .map(answer -> Mono.fromFuture(answer).block(PATIENCE))
                .toList();
        assertThat(answers).extracting(Enqueued::created).containsOnlyOnce(true);
        assertThat(answers).extracting(Enqueued::id).containsOnly(answers.get(0).id());
    }

    @Test
    void patienceHasAnEndAndTheErrorSaysWhatToDo() {
        JobClient impatient =
                JobClient.builder(schema.store()).maxKeyWait(ofMillis(200)).build();

        assertThatExceptionOfType(UniqueKeyBusyException.class)
                .isThrownBy(() -> impatient.enqueue(keyed("busy")).block(PATIENCE))
                .withMessageContaining("[busy]")
                .withMessageContaining("end that transaction sooner")
                .satisfies(e -> {
                    assertThat(e.keys()).containsExactly("busy");
                    assertThat(e.waited()).isEqualTo(ofMillis(200));
                    assertThat(e.isPassing()).isTrue();
                });
        commit();
        assertThat(impatient.enqueue(keyed("busy")).block(PATIENCE).created()).isFalse();
    }

    @Test
    void manyKeysThatAreBusyKeepNoConnectionFromOthers() {
        List<NewJob<String>> taken =
                IntStream.range(0, 50).mapToObj(i -> keyed("taken " + i)).toList();
        client.in(schema.store().transaction(connection)).enqueueAll(taken).block(PATIENCE);
        List<CompletableFuture<Enqueued>> wanted =
                taken.stream().map(job -> client.enqueue(job).toFuture()).toList();

        Long others = Flux.range(0, 100)
                .concatMap(i -> client.enqueue(GRIND.job("no key")))
                .count()
                .block(PATIENCE);
        assertThat(others).isEqualTo(100);
        assertThat(wanted).noneMatch(CompletableFuture::isDone);

        commit();
        assertThat(wanted)
                .allSatisfy(answer -> assertThat(
                                Mono.fromFuture(answer).block(PATIENCE).created())
                        .isFalse());
    }

    @Test
    void allOrNothingHoldsForThoseWhoWait() {
        CompletableFuture<List<Enqueued>> together = client.enqueueAll(
                        List.of(keyed("mine"), keyed("busy"), GRIND.job("no key")))
                .toFuture();
        assertThat(client.enqueue(keyed("free")).block(PATIENCE).created()).isTrue();
        assertThat(together).isNotDone();

        rollback();

        assertThat(Mono.fromFuture(together).block(PATIENCE)).allMatch(Enqueued::created);
    }

    @Test
    void whatTheTransactionHoldsKeepsNobodyFromWorking() {
        JobEngine engine = JobEngine.builder(schema.store())
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        engine.start().block(PATIENCE);
        try {
            List<Enqueued> others = Flux.range(0, 200)
                    .flatMap(i -> engine.client().enqueue(keyed("free " + i)), 200)
                    .collectList()
                    .block(PATIENCE);
            Flux.fromIterable(others)
                    .flatMap(enqueued -> engine.client().await(enqueued.id()), 200)
                    .blockLast(PATIENCE);

            Mono<Enqueued> late = engine.client().enqueue(keyed("busy"));
            CompletableFuture<Enqueued> waits = late.toFuture();
            commit();
            Enqueued first = Mono.fromFuture(waits).block(PATIENCE);
            assertThat(engine.client().await(first.id()).block(PATIENCE).isOutcome())
                    .isTrue();
        } finally {
            engine.stop(ofSeconds(5)).block(PATIENCE);
        }
    }

    @Test
    void theCallersTransactionKeepsItsOwnLockTimeout() {
        Connection other = schema.server().connectionFactory().create().block(PATIENCE);
        try {
            Mono.from(other.beginTransaction()).block(PATIENCE);
            client.in(schema.store().transaction(other)).enqueue(keyed("free")).block(PATIENCE);
            assertThat(Flux.from(other.createStatement("SHOW lock_timeout").execute())
                            .flatMap(result -> result.map(row -> row.get(0, String.class)))
                            .blockLast(PATIENCE))
                    .isEqualTo("0");
        } finally {
            Mono.from(other.close()).block(PATIENCE);
        }
    }
}
