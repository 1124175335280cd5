package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobProducer;
import io.headrace.JobState;
import io.headrace.postgres.signal.PostgresSignals;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.signal.SignalAnswer;
import io.headrace.signal.SignalBusyException;
import io.headrace.signal.SignalIsolationException;
import io.headrace.spi.NewSignal;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Signals that are sent in a transaction of the caller's. */
@OnEachServer
class SignalTransactionTest extends EngineTests {

    private static final String KEY = "payment-77";

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private JobEngine engine;
    private Connection connection;

    SignalTransactionTest(TestServer server) {
        super(server);
    }

    /** An engine that looks by itself twice a day: what it finds sooner it was told of. */
    @BeforeEach
    void startEngineAndTransaction() {
        engine = start(JobEngine.builder(schema.store())
                .queue("default", q -> q.pollInterval(ofHours(12)))
                .subscribe(GRIND, this::handle));
        connection = schema.server().connectionFactory().create().block(PATIENCE);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
    }

    @AfterEach
    void closeConnection() {
        Mono.from(connection.close()).block(PATIENCE);
    }

    private Mono<JobOutcome> handle(Job<String> job) {
        return job.signal(KEY, Integer.class)
                .map(value -> {
                    seen.add("got " + value);
                    return JobOutcome.complete();
                })
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    seen.add("waits");
                    return JobOutcome.await(KEY, ofHours(12));
                }));
    }

    private JobProducer inTransaction() {
        return engine.client().in(schema.store().transaction(connection));
    }

    private JobId waiting() {
        JobId id = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.pending WHERE run_at > now()") == 1);
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
        return id;
    }

    private void commit() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    private void rollback() {
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
    }

    @Test
    void theJobRunsWhenTheTransactionIsCommitted() {
        JobId id = waiting();

        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 1));
        assertThat(seen).containsExactly("waits");
        commit();

        awaitState(id, JobState.COMPLETED);
        assertThat(seen).containsExactly("waits", "got 7");
    }

    @Test
    void aSignalThatIsRolledBackWasNeverSent() {
        JobId id = waiting();

        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 1));
        rollback();

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(engine.client().signal(KEY, 8).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 1));
        awaitState(id, JobState.COMPLETED);
        assertThat(seen).containsExactly("waits", "got 8");
    }

    @Test
    void aJobThatBeginsToWaitMeanwhileRunsAgainUntilItIsOver() {
        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 0));

        JobId id = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        await().atMost(PATIENCE).until(() -> seen.size() >= 2);
        assertThat(seen).containsOnly("waits");
        commit();

        awaitState(id, JobState.COMPLETED);
        assertThat(seen).endsWith("got 7");
    }

    @Test
    void anotherSignalWithTheKeyWaitsForTheTransaction() {
        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 0));
        CompletableFuture<SignalAnswer> second = engine.client().signal(KEY, 8).toFuture();
        assertThat(engine.client().signal("another", 9).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 0));
        assertThat(second).isNotDone();

        commit();

        assertThat(second.join()).isEqualTo(new SignalAnswer(false, 0));
    }

    @Test
    void aSignalGivesUpAfterSomeTries() {
        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 0));
        PostgresSignals impatient = new PostgresSignals(
                Statements.of(new SchemaName(schema.name())), schema.store().connections(), 1);

        Throwable refused = catchThrowable(
                () -> impatient.signal(new NewSignal(KEY, "8", null)).block(PATIENCE));

        assertThat(refused)
                .isInstanceOf(SignalBusyException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining("Nothing was sent");
        rollback();
        assertThat(schema.number("SELECT count(*) FROM %s.signal")).isZero();
    }

    @Test
    void anotherIsolationLevelIsRefusedAndTheTransactionGoesOn() {
        JobId id = waiting();
        for (IsolationLevel level :
                new IsolationLevel[] {IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE}) {
            Mono.from(connection.setTransactionIsolationLevel(level)).block(PATIENCE);

            Throwable refused =
                    catchThrowable(() -> inTransaction().signal(KEY, 7).block(PATIENCE));

            assertThat(refused)
                    .isInstanceOf(SignalIsolationException.class)
                    .hasMessageContaining(level.asSql())
                    .hasMessageContaining("READ COMMITTED");
            assertThat(inTransaction()
                            .enqueue(GRIND.job("after"))
                            .block(PATIENCE)
                            .created())
                    .isTrue();
            rollback();
            Mono.from(connection.beginTransaction()).block(PATIENCE);
        }
        assertThat(schema.number("SELECT count(*) FROM %s.signal")).isZero();
        assertThat(engine.client().signal(KEY, 8).block(PATIENCE).woken()).isEqualTo(1);
        awaitState(id, JobState.COMPLETED);
    }

    @Test
    void aTransactionSignalsManyKeys() {
        JobId id = waiting();
        for (int i = 0; i < 200; i++) {
            assertThat(inTransaction().signal("key-" + i).block(PATIENCE).created())
                    .isTrue();
        }
        assertThat(inTransaction().signal("key-7").block(PATIENCE).created())
                .as("in the same transaction")
                .isFalse();
        assertThat(inTransaction().signal(KEY, 7).block(PATIENCE).woken()).isEqualTo(1);
        commit();

        awaitState(id, JobState.COMPLETED);
        assertThat(schema.number("SELECT count(*) FROM %s.signal")).isEqualTo(201);
        assertThat(schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"))
                .as("advisory locks that are left")
                .isZero();
    }

    @Test
    void whatAJobHasWaitedForGoesWithIt() {
        JobId id = waiting();
        assertThat(engine.client().signal(KEY, 7).block(PATIENCE).woken()).isEqualTo(1);
        awaitState(id, JobState.COMPLETED);
        String forget = "SELECT forgotten FROM %s.forget_records(0, 100)";
        assertThat(schema.number(forget)).isZero();
        assertThat(schema.store().signals().prune(Duration.ZERO).block(PATIENCE))
                .isZero();

        schema.execute("DELETE FROM SCHEMA.completed; DELETE FROM SCHEMA.job".replace("SCHEMA", schema.name()));

        assertThat(schema.number(forget)).isOne();
        assertThat(schema.number("SELECT count(*) FROM %s.awaited")).isZero();
        assertThat(schema.store().signals().prune(Duration.ZERO).block(PATIENCE))
                .isOne();
    }

    @Test
    void noLockIsLeftWhenJobsHaveBegunToWait() {
        JobId id = waiting();

        assertThat(schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isZero();
        assertThat(engine.client().cancel(id).block(PATIENCE)).isNotNull();
        await().atMost(ofSeconds(10)).until(() -> find(id).state() == JobState.CANCELLED);
    }
}
