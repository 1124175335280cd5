package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.LeaseLostException;
import io.r2dbc.spi.IsolationLevel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A handler's row and the record of its step are committed together, or neither is. */
@OnEachServer
class StepInTest extends StepInTests {

    StepInTest(TestServer server) {
        super(server);
    }

    /** Long enough for the bookkeeping, and without having failed. */
    private void awaitCompleted(JobId id) {
        awaitState(id, JobState.COMPLETED);
        awaitNothingLeased();
    }

    @Test
    void whatWasCommittedDoesNotRunAgain() {
        JobEngine engine = engine(ofMillis(1), job -> step(job).then(failFirst(job)));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(find(id).attempt()).isEqualTo(2);
        assertThat(seen).containsExactly("by attempt 1", "by attempt 1");
        assertThat(records()).isOne();
    }

    @Test
    void whatWasRolledBackRunsAgain() {
        JobEngine engine = engine(
                ofMillis(1),
                job -> transaction(connection -> step(connection, job).then(failFirst(job))));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).containsExactly("by attempt 1", "by attempt 2");
        assertThat(records()).isOne();
    }

    @Test
    void manyJobsOfOneLeaseRecordEachInATransaction() {
        JobEngine engine = engine(job -> step(job).then(job.step("mail", () -> Mono.empty())));
        engine.client()
                .enqueueAll(IntStream.range(0, 200)
                        .mapToObj(nr -> GRIND.job("sack " + nr))
                        .toList())
                .block(PATIENCE);

        await().atMost(PATIENCE).until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == 200);
        awaitNothingLeased();
        assertThat(records()).isEqualTo(200);
        assertThat(errors).isEmpty();
    }

    @Test
    void aTransactionThatFailsIsRepeatedWithItsStep() {
        JobEngine engine =
                engine(job -> transaction(connection -> step(connection, job).then(run(connection, "SELECT 1 / 0")))
                        .onErrorResume(error -> step(job).then()));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).hasSize(2);
        assertThat(records()).isOne();
    }

    /** As when the connection is lost before the answer to the commit has come. */
    @Test
    void aTransactionThatIsRepeatedAfterItsCommitFindsItsStep() {
        JobEngine engine = engine(job -> step(job).then(step(job)));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).hasSize(2);
        assertThat(records()).isOne();
    }

    /** Its snapshot does not include the first transaction, which is committed all the same. */
    @Test
    void aRepeatedTransactionWithAnOlderSnapshotFindsItsStep() {
        JobEngine engine = engine(job -> job.prepareTransaction()
                .then(transaction(
                        IsolationLevel.REPEATABLE_READ,
                        second -> run(second, "SELECT 1").then(step(job)).then(step(second, job)))));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).hasSize(2);
        assertThat(records()).isOne();
    }

    /** The step is gone with the savepoint, although its transaction is committed. */
    @Test
    void aSavepointThatIsRolledBackTakesTheStepWithIt() {
        JobEngine engine = engine(job -> transaction(connection -> Mono.from(connection.createSavepoint("before"))
                        .then(step(connection, job))
                        .then(Mono.from(connection.rollbackTransactionToSavepoint("before"))))
                .then(step(job)));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).hasSize(2);
        assertThat(records()).isOne();
    }

    @Test
    void theJobIsCompletedInTheSameTransaction() {
        JobEngine engine =
                engine(job -> transaction(connection -> step(connection, job).then(completeIn(connection, job))));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(records()).isOne();
        assertThat(errors).isEmpty();
    }

    /** Neither outcomes of other jobs nor plain steps wait for a transaction that stays open, not even after its handler's end. */
    @Test
    void anOpenTransactionHoldsUpNobody() {
        Sinks.Empty<Void> gate = Sinks.empty();
        JobEngine engine = engine(job -> {
            if (!job.payload().equals("slow")) {
                return step(job).then(job.step("mail", Mono::empty));
            }
            Sinks.Empty<Void> recorded = Sinks.empty();
            transaction(connection -> step(connection, job)
                            .doOnSuccess(nothing -> recorded.tryEmitEmpty())
                            .then(gate.asMono()))
                    .subscribe();
            return recorded.asMono().then(job.step("mail", Mono::empty));
        });
        JobId slow = enqueue(engine, "slow");
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.step WHERE name = 'mail'") == 1);
        JobId fast = enqueue(engine, "fast");

        awaitState(fast, JobState.COMPLETED);
        assertThat(find(slow).state()).isEqualTo(JobState.LEASED);
        assertThat(schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                .isZero();
        gate.tryEmitEmpty();
        awaitCompleted(slow);
        assertThat(records()).isEqualTo(2);
    }

    @Test
    void aLeaseThatIsLostRollsBackTheRow() {
        JobEngine engine = engine(job -> transaction(connection -> job.stepIn(
                store().transaction(connection),
                "grind",
                () -> insert(connection, job)
                        .then(schema.store().decisions().cancel(job.id()))
                        .then())));
        JobId id = enqueue(engine, "rye");
        awaitError();

        assertThat(errors).singleElement().isInstanceOf(LeaseLostException.class);
        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isZero();
    }

    /** Its connection is cut between the record and the commit. */
    @Test
    void aConnectionThatIsLostRollsBackBoth() {
        JobEngine engine = engine(
                ofMillis(1),
                job -> job.attempt() > 1
                        ? step(job)
                        : transaction(connection -> step(connection, job)
                                .then(Mono.fromRunnable(this::cut).subscribeOn(Schedulers.boundedElastic()))
                                .then(run(connection, "SELECT 1"))));
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(seen).containsExactly("by attempt 1", "by attempt 2");
    }

    private void cut() {
        assertThat(schema.number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE state = 'idle in transaction'"))
                .isOne();
    }

    /** The function runs with its owner's rights, and needs no settings of the caller's. */
    @Test
    void aRoleWithoutRightsRecords() {
        String role = schema.name() + "_baker";
        schema.execute("CREATE ROLE " + role + "; GRANT USAGE ON SCHEMA " + schema.name() + " TO " + role);
        try {
            JobEngine engine = engine(job -> transaction(connection -> run(
                            connection, "SET LOCAL ROLE " + role + "; SET LOCAL search_path = pg_temp")
                    .then(job.stepIn(store().transaction(connection), "bake", Integer.class, () -> Mono.just(7)))));
            awaitCompleted(enqueue(engine, "rye"));

            assertThat(schema.number("SELECT count(*) FROM %s.step WHERE name = 'bake' AND value::text = '7'"))
                    .isOne();
        } finally {
            schema.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void twoTransactionsOfAJobRecordAtOnce() {
        JobEngine engine = engine(job -> Flux.merge(
                        step(job),
                        transaction(connection ->
                                job.stepIn(store().transaction(connection), "bake", () -> run(connection, "SELECT 1"))))
                .then());
        JobId id = enqueue(engine, "rye");

        awaitCompleted(id);
        assertThat(schema.number("SELECT count(*) FROM %s.step")).isEqualTo(2);
    }
}
