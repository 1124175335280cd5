package io.headrace.postgres;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.UniqueKeyBusyException;
import io.r2dbc.spi.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** No job's end waits for a lock on the row of its unique key, whoever holds that lock. */
@OnEachServer
@Tag("slow")
class KeyLockTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(10);

    private final TestSchema schema;
    private final JobClient client;
    private final List<Connection> opened = new ArrayList<>();

    KeyLockTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.client = JobClient.builder(schema.store())
                .maxKeyWait(PATIENCE)
                .watchInterval(ofMillis(50))
                .build();
    }

    @AfterEach
    void everyJobIsInOnePlaceAndNoBackendWaits() {
        try {
            assertThat(waiting()).as("backends that wait for a lock").isZero();
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
        } finally {
            opened.forEach(connection -> Mono.from(connection.close()).block(PATIENCE));
            schema.close();
        }
    }

    private long waiting() {
        return schema.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND query LIKE '%%s%' AND pid <> pg_backend_pid()");
    }

    private static NewJob<String> keyed(String key) {
        return GRIND.job("sack of " + key).uniqueKey(key);
    }

    private Connection begin() {
        Connection connection = schema.server().connectionFactory().create().block(PATIENCE);
        opened.add(connection);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
        return connection;
    }

    private static void commit(Connection connection) {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    private CompletableFuture<Enqueued> enqueueIn(Connection transaction, String key) {
        return client.in(schema.store().transaction(transaction))
                .enqueue(keyed(key))
                .toFuture();
    }

    @Test
    void aTransactionThatLearnsOfAHolderKeepsNoJobFromEnding() {
        Connection first = begin();
        Connection second = begin();
        JobId holder = Mono.fromFuture(enqueueIn(first, "busy")).block(PATIENCE).id();
        List<NewJob<String>> others =
                IntStream.range(0, 100).mapToObj(i -> GRIND.job("sack " + i)).toList();
        client.in(schema.store().transaction(first)).enqueueAll(others).block(PATIENCE);
        CompletableFuture<Enqueued> answer = enqueueIn(second, "busy");
        await().atMost(PATIENCE).until(() -> waiting() == 1);

        commit(first);
        assertThat(Mono.fromFuture(answer).block(PATIENCE)).isEqualTo(new Enqueued(holder, false));
        JobEngine engine = JobEngine.builder(schema.store())
                .queue("default", q -> q.concurrency(16))
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        engine.start().block(PATIENCE);
        try {
            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == 101);
            assertThat(client.enqueue(keyed("busy")).block(PATIENCE).created())
                    .as("the key is free while the second transaction is open")
                    .isTrue();
        } finally {
            commit(second);
            engine.stop(ofSeconds(1)).block(PATIENCE);
        }
    }

    @Test
    void outcomesAreRecordedWhileAForeignLockIsOnTheirKeysAndTheKeysFollow() throws SQLException {
        JobEngine engine = JobEngine.builder(schema.store())
                .sweepInterval(ofMillis(50))
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        JobId locked = client.enqueue(keyed("locked")).block(PATIENCE).id();
        try (java.sql.Connection holder = lockKeys()) {
            engine.start().block(PATIENCE);
            assertThat(client.await(locked).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            for (int i = 0; i < 5; i++) {
                JobId free = client.enqueue(keyed("free " + i)).block(PATIENCE).id();
                assertThat(client.await(free).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            }
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
            holder.rollback();

            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.unique_key") == 0);
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.unreleased_key") == 0);
        } finally {
            engine.stop(ofSeconds(1)).block(PATIENCE);
        }
    }

    /** As an operator's statement would. */
    private java.sql.Connection lockKeys() throws SQLException {
        java.sql.Connection holder = schema.server().jdbc();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT * FROM " + schema.name() + ".unique_key FOR UPDATE");
        }
        return holder;
    }

    @Test
    void aKeyWhoseJobHasEndedIsNotAnsweredWithThatJob() throws SQLException {
        JobId ended = client.enqueue(keyed("locked")).block(PATIENCE).id();
        JobClient impatient = JobClient.builder(schema.store()).maxKeyWait(ZERO).build();
        CompletableFuture<Enqueued> patient;
        try (java.sql.Connection holder = lockKeys()) {
            assertThat(client.cancel(ended).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
            assertThatExceptionOfType(UniqueKeyBusyException.class)
                    .isThrownBy(() -> impatient.enqueue(keyed("locked")).block(PATIENCE));
            patient = client.enqueue(keyed("locked")).toFuture();
            holder.rollback();
        }

        Enqueued next = Mono.fromFuture(patient).block(PATIENCE);
        assertThat(next.created()).isTrue();
        assertThat(next.id()).isNotEqualTo(ended);
        assertThat(client.enqueue(keyed("locked")).block(PATIENCE)).isEqualTo(new Enqueued(next.id(), false));
        schema.sweep();
        assertThat(client.enqueue(keyed("locked")).block(PATIENCE)).isEqualTo(new Enqueued(next.id(), false));
    }

    @Test
    void decisionsAndPruningWaitForNoKeyEither() throws SQLException {
        JobEngine engine = JobEngine.builder(schema.store())
                .subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no stones")))
                        .retry(RetryPolicy.never()))
                .build();
        engine.start().block(PATIENCE);
        List<JobId> failed = IntStream.range(0, 3)
                .mapToObj(
                        i -> client.enqueue(keyed("sack " + i)).block(PATIENCE).id())
                .toList();
        failed.forEach(id -> client.await(id).block(PATIENCE));
        engine.stop(ofSeconds(1)).block(PATIENCE);
        JobId waits =
                client.enqueue(keyed("later").delay(ofHours(1))).block(PATIENCE).id();

        try (java.sql.Connection holder = lockKeys()) {
            assertThat(client.cancel(waits).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
            assertThat(JobOperator.create(schema.store())
                            .discard(FailedJobs.byId(failed.subList(0, 1)))
                            .block(PATIENCE)
                            .discarded())
                    .isEqualTo(1);
            schema.passTime(ofHours(2));
            assertThat(schema.store().decisions().prune(ofHours(1)).block(PATIENCE))
                    .isEqualTo(4);
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
            assertThat(schema.number("SELECT count(*) FROM %s.unreleased_key")).isEqualTo(4);
            schema.sweep();
            assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isEqualTo(4);
            holder.rollback();
        }
        schema.sweep();

        assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.unreleased_key")).isZero();
    }
}
