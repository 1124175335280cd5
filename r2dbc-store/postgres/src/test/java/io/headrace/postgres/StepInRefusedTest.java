package io.headrace.postgres;

import static io.headrace.TransactionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.TransactionRefusedException.Reason.OLD_SNAPSHOT;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.TransactionRefusedException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Transactions in which no step can be recorded, and what makes them able to. */
@OnEachServer
class StepInRefusedTest extends StepInTests {

    StepInRefusedTest(TestServer server) {
        super(server);
    }

    private void refusedFor(TransactionRefusedException.Reason reason) {
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        TransactionRefusedException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    @Test
    void outsideOfATransactionItIsRefused() {
        JobEngine engine = engine(job -> Mono.usingWhen(
                connect(),
                connection -> job.stepIn(store().transaction(connection), "grind", () -> run(connection, "SELECT 1")),
                Connection::close));
        JobId id = enqueue(engine, "rye");
        awaitError();

        refusedFor(NO_TRANSACTION);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(records()).isZero();
    }

    @Test
    void inADatabaseWithoutTheSchemaItIsRefused() {
        PostgresJobStore elsewhere =
                opened(PostgresJobStore.builder(schema.server().connectionFactory())
                        .schema("headrace_elsewhere")
                        .build());
        JobEngine engine = engine(
                job -> transaction(connection -> job.stepIn(elsewhere.transaction(connection), "grind", Mono::empty)));
        enqueue(engine, "rye");
        awaitError();

        refusedFor(OTHER_DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void withASnapshotThatIsOlderThanTheLeaseItIsRefused(String level) {
        JobEngine engine = engine(job -> job.payload().equals("sack 1")
                ? transaction(IsolationLevel.valueOf(level), connection -> step(connection, job))
                : Mono.delay(ofSeconds(1)));
        enqueueThree(engine);
        awaitError();

        refusedFor(OLD_SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void preparedItIsRecordedWithASnapshotAsWell(String level) {
        JobEngine engine = engine(job -> job.prepareTransaction()
                .then(transaction(IsolationLevel.valueOf(level), connection -> step(connection, job))));
        enqueueThree(engine);

        await().atMost(PATIENCE).until(() -> records() == 3);
        awaitNothingLeased();
        assertThat(errors).isEmpty();
    }

    private static void enqueueThree(JobEngine engine) {
        engine.client()
                .enqueueAll(List.of(GRIND.job("sack 0"), GRIND.job("sack 1"), GRIND.job("sack 2")))
                .block(PATIENCE);
    }
}
