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
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobQueue;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** No job's end waits for a lock on the row of its unique key, whoever holds that lock. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class KeyLockTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(10);

    private final TestSchema schema;
    private final JobQueue queue;
    private final List<Connection> opened = new ArrayList<>();

    KeyLockTest(TestServer server) {
        this.schema = new TestSchema(server);
        this.queue = JobQueue.builder(schema.store()).maxKeyWait(PATIENCE).build();
    }

    static List<TestServer> servers() {
        return TestServer.all();
    }

    @AfterEach
    void everyJobIsInOnePlaceAndNoBackendWaits() {
        try {
            assertThat(waiting()).as("backends that wait for a lock").isZero();
            assertThat(queue.audit().block(PATIENCE)).hasToString("ok");
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
        return queue.in(schema.store().transaction(transaction))
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
        queue.in(schema.store().transaction(first)).enqueueAll(others).block(PATIENCE);
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
            assertThat(queue.enqueue(keyed("busy")).block(PATIENCE).created())
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
                .sweep(ofMillis(50))
                .subscribe(GRIND, job -> Mono.empty())
                .build();
        JobId locked = queue.enqueue(keyed("locked")).block(PATIENCE).id();
        try (java.sql.Connection holder = lockKeys()) {
            engine.start().block(PATIENCE);
            assertThat(queue.await(locked).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            for (int i = 0; i < 5; i++) {
                JobId free = queue.enqueue(keyed("free " + i)).block(PATIENCE).id();
                assertThat(queue.await(free).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            }
            assertThat(queue.audit().block(PATIENCE)).hasToString("ok");
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
        JobId ended = queue.enqueue(keyed("locked")).block(PATIENCE).id();
        JobQueue impatient = JobQueue.builder(schema.store()).maxKeyWait(ZERO).build();
        CompletableFuture<Enqueued> patient;
        try (java.sql.Connection holder = lockKeys()) {
            assertThat(queue.cancel(ended).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
            assertThatExceptionOfType(UniqueKeyBusyException.class)
                    .isThrownBy(() -> impatient.enqueue(keyed("locked")).block(PATIENCE));
            patient = queue.enqueue(keyed("locked")).toFuture();
            holder.rollback();
        }

        Enqueued next = Mono.fromFuture(patient).block(PATIENCE);
        assertThat(next.created()).isTrue();
        assertThat(next.id()).isNotEqualTo(ended);
        assertThat(queue.enqueue(keyed("locked")).block(PATIENCE)).isEqualTo(new Enqueued(next.id(), false));
        schema.sweep();
        assertThat(queue.enqueue(keyed("locked")).block(PATIENCE)).isEqualTo(new Enqueued(next.id(), false));
    }

    @Test
    void decisionsAndPruningWaitForNoKeyEither() throws SQLException {
        JobEngine engine = JobEngine.builder(schema.store())
                .subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no stones")))
                        .retry(RetryPolicy.never()))
                .build();
        engine.start().block(PATIENCE);
        List<JobId> failed = IntStream.range(0, 3)
                .mapToObj(i -> queue.enqueue(keyed("sack " + i)).block(PATIENCE).id())
                .toList();
        failed.forEach(id -> queue.await(id).block(PATIENCE));
        engine.stop(ofSeconds(1)).block(PATIENCE);
        JobId waits =
                queue.enqueue(keyed("later").delay(ofHours(1))).block(PATIENCE).id();

        try (java.sql.Connection holder = lockKeys()) {
            assertThat(queue.cancel(waits).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
            assertThat(queue.discard(FailedJobs.byId(failed.subList(0, 1)))
                            .block(PATIENCE)
                            .discarded())
                    .isEqualTo(1);
            schema.passTime(ofHours(2));
            assertThat(schema.store().decisions().prune(ofHours(1)).block(PATIENCE))
                    .isEqualTo(4);
            assertThat(queue.audit().block(PATIENCE)).hasToString("ok");
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
