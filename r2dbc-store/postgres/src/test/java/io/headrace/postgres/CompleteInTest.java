package io.headrace.postgres;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.TransactionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.TransactionRefusedException.Reason.OLD_SNAPSHOT;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.CompletionRolledBackException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.NewJob;
import io.headrace.StoreException;
import io.headrace.TransactionRefusedException;
import io.r2dbc.spi.IsolationLevel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A handler's row and its job's completion are committed together, or neither is. */
@OnEachServer
class CompleteInTest extends CompleteInTests {

    CompleteInTest(TestServer server) {
        super(server);
    }

    private static List<NewJob<String>> sacks(int count) {
        return IntStream.range(0, count).mapToObj(nr -> GRIND.job("sack " + nr)).toList();
    }

    private void refusedFor(TransactionRefusedException.Reason reason) {
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        TransactionRefusedException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    private void awaitError() {
        await().atMost(PATIENCE).until(() -> !errors.isEmpty());
        awaitNothingLeased();
    }

    @Test
    void manyJobsOfOneLeaseAreCompletedEachInATransaction() {
        JobEngine engine = engine(this::grind);
        engine.client().enqueueAll(sacks(300)).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == 300);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(300);
        awaitNothingLeased();
        assertThat(errors).isEmpty();
    }

    @Test
    void theCompletionMayComeFirst() {
        JobEngine engine = engine(
                job -> transaction(connection -> completeIn(connection, job).then(insert(connection, job))));
        JobId id = enqueue(engine, "rye");

        awaitState(id, JobState.COMPLETED);
        awaitNothingLeased();
    }

    @Test
    void anErrorRollsBackBoth() {
        JobEngine engine = engine(job -> transaction(connection -> insert(connection, job)
                .then(completeIn(connection, job))
                .then(Mono.error(new IllegalStateException("the stone is cracked")))));
        JobId id = enqueue(engine, "rye");
        awaitError();

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isZero();
    }

    @Test
    void aRollbackThatTheHandlerKeepsToItselfFailsTheAttempt() {
        JobEngine engine = engine(job -> transaction(connection -> insert(connection, job)
                        .then(completeIn(connection, job))
                        .then(Mono.error(new IllegalStateException("the stone is cracked"))))
                .onErrorComplete());
        JobId id = enqueue(engine, "rye");

        await().atMost(PATIENCE).until(() -> !find(id).failures().isEmpty());
        assertThat(find(id).failures().get(0).errorType()).isEqualTo(CompletionRolledBackException.class.getName());
    }

    @Test
    void theResultAndWhatFollowsAreCommittedWithIt() {
        JobEngine engine = engine(job -> job.payload().equals("next")
                ? grind(job)
                : transaction(connection -> insert(connection, job)
                        .then(job.completeIn(
                                stores.get(0).transaction(connection),
                                JobOutcome.completeThen(List.of(GRIND.job("next")), "flour")))));
        JobId id = enqueue(engine, "rye");

        awaitState(id, JobState.COMPLETED);
        assertThat(find(id).result()).isEqualTo("\"flour\"");
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.flour") == 2);
        awaitNothingLeased();
    }

    @Test
    void whoeverAwaitsTheResultIsTold() {
        Sinks.Empty<Void> gate = Sinks.empty();
        JobEngine engine = engine(job -> gate.asMono()
                .then(transaction(connection -> insert(connection, job)
                        .then(job.completeIn(stores.get(0).transaction(connection), JobOutcome.complete("flour"))))));
        JobId id = enqueue(engine, "rye");
        JobClient elsewhere = JobClient.builder(openStore())
                .watchInterval(Duration.ofMinutes(10))
                .build();
        var result = elsewhere.await(id, String.class).toFuture();
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.waiter") == 1);
        gate.tryEmitEmpty();

        assertThat(result.orTimeout(30, SECONDS).join()).isEqualTo("flour");
        assertThat(engine.client().await(id, String.class).block(PATIENCE)).isEqualTo("flour");
    }

    @Test
    void outsideOfATransactionItIsRefused() {
        JobEngine engine = engine(job ->
                Mono.usingWhen(connect(), connection -> completeIn(connection, job), connection -> connection.close()));
        JobId id = enqueue(engine, "rye");
        awaitError();

        refusedFor(NO_TRANSACTION);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void inADatabaseWithoutTheSchemaItIsRefused() {
        PostgresJobStore elsewhere =
                opened(PostgresJobStore.builder(schema.server().connectionFactory())
                        .schema("headrace_elsewhere")
                        .build());
        JobEngine engine = engine(job -> transaction(connection -> job.completeIn(elsewhere.transaction(connection))));
        JobId id = enqueue(engine, "rye");
        awaitError();

        refusedFor(OTHER_DATABASE);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void inADatabaseWithOtherJobsItIsRefused() {
        TestSchema other = new TestSchema(schema.server());
        try {
            JobEngine engine = engine(job ->
                    transaction(connection -> job.completeIn(other.store().transaction(connection))));
            enqueue(engine, "rye");
            awaitError();

            refusedFor(OTHER_DATABASE);
        } finally {
            other.close();
        }
    }

    @Test
    void twiceInATransactionItIsRefused() {
        JobEngine engine = engine(job -> transaction(connection ->
                insert(connection, job).then(completeIn(connection, job)).then(completeIn(connection, job))));
        enqueue(engine, "rye");
        awaitError();

        refusedFor(ALREADY_COMPLETED);
    }

    /** The second try finds what the first has left. */
    @Test
    void aTransactionThatFailsIsTriedAgain() {
        JobEngine engine = engine(job -> transaction(
                        connection -> completeIn(connection, job).then(run(connection, "SELECT 1 / 0")))
                .onErrorResume(error -> grind(job)));
        JobId id = enqueue(engine, "rye");

        awaitState(id, JobState.COMPLETED);
        awaitNothingLeased();
    }

    @Test
    void aSavepointThatIsRolledBackTakesTheCompletionWithIt() {
        JobEngine engine = engine(job -> transaction(connection -> Mono.from(connection.createSavepoint("before"))
                .then(completeIn(connection, job))
                .then(insert(connection, job))
                .then(Mono.from(connection.rollbackTransactionToSavepoint("before")))));
        JobId id = enqueue(engine, "rye");

        await().atMost(PATIENCE).until(() -> !find(id).failures().isEmpty());
        assertThat(find(id).failures().get(0).errorType()).isEqualTo(CompletionRolledBackException.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void withASnapshotThatIsOlderThanTheLeaseItIsRefused(String level) {
        JobEngine engine = engine(job -> job.payload().equals("sack 1")
                ? transaction(
                        IsolationLevel.valueOf(level),
                        connection -> insert(connection, job).then(completeIn(connection, job)))
                : Mono.delay(Duration.ofSeconds(1)).then(grind(job)));
        engine.client().enqueueAll(sacks(3)).block(PATIENCE);
        awaitError();

        refusedFor(OLD_SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void preparedItIsCompletedWithASnapshotAsWell(String level) {
        JobEngine engine = engine(job -> job.prepareTransaction()
                .then(transaction(
                        IsolationLevel.valueOf(level),
                        connection -> insert(connection, job).then(completeIn(connection, job)))));
        engine.client().enqueueAll(sacks(3)).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.flour") == 3);
        awaitNothingLeased();
        assertThat(errors).isEmpty();
    }

    /** Neither settlements of other jobs nor heartbeats wait for a transaction that stays open. */
    @Test
    void anOpenTransactionHoldsUpNobody() {
        Sinks.Empty<Void> gate = Sinks.empty();
        JobEngine engine = engine(job -> job.payload().equals("slow")
                ? transaction(connection -> insert(connection, job)
                        .then(completeIn(connection, job))
                        .then(gate.asMono()))
                : grind(job));
        JobId slow = enqueue(engine, "slow");
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'")
                        == 1);
        JobId fast = enqueue(engine, "fast");

        awaitState(fast, JobState.COMPLETED);
        assertThat(find(slow).state()).isEqualTo(JobState.LEASED);
        assertThat(schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                .isZero();
        gate.tryEmitEmpty();
        awaitState(slow, JobState.COMPLETED);
        awaitNothingLeased();
    }

    /** Its connection is cut between the completion and the commit. */
    @Test
    void aConnectionThatIsLostRollsBackBoth() {
        JobEngine engine = engine(job -> transaction(connection -> insert(connection, job)
                .then(completeIn(connection, job))
                .then(Mono.fromRunnable(this::cut).subscribeOn(Schedulers.boundedElastic()))
                .then(run(connection, "SELECT 1"))));
        JobId id = enqueue(engine, "rye");
        awaitError();

        assertThat(errors.peek()).isNotInstanceOf(StoreException.class);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isZero();
    }

    private void cut() {
        assertThat(schema.number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE state = 'idle in transaction'"))
                .isOne();
    }
}
