package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.spi.JobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A worker that waits is reached by a wake-up, or by polling where there are none. */
@OnEachServer
class IdleWorkerTest extends EngineTests {

    IdleWorkerTest(TestServer server) {
        super(server);
    }

    @Test
    void anIdleWorkerIsReachedWithoutPollOrTimerInItsOwnProcess() {
        PostgresJobStore store = openStore();
        Counting counting = new Counting(store);
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = start(idle(counting.proxy(), handled));
        counting.awaitQuiet();
        store.lookBack();

        engine.client().enqueue(GRIND.job("rye")).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> handled.get() == 1);
        await().atMost(PATIENCE).until(() -> counting.calls().contains("settle"));
        assertThat(counting.calls().subList(0, counting.calls().indexOf("settle")))
                .as("round trips before the handler")
                .containsExactly("enqueueAndClaim");
    }

    @Test
    void anIdleWorkerIsReachedWithoutPollOrTimerFromAnotherProcess() {
        PostgresJobStore store = openStore();
        Counting counting = new Counting(store);
        AtomicInteger handled = new AtomicInteger();
        start(idle(counting.proxy(), handled));
        counting.awaitQuiet();
        store.lookBack();

        JobClient elsewhere = JobClient.create(openStore());
        elsewhere.enqueue(GRIND.job("rye")).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> handled.get() == 1);
        await().atMost(PATIENCE).until(() -> counting.calls().contains("settle"));
        assertThat(counting.calls()).containsExactly("claim", "settle");
    }

    @Test
    void aJobThatWaitsForASignalIsReachedByOneStatementAndOneClaim() {
        PostgresJobStore store = openStore();
        Counting engines = new Counting(store);
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = start(JobEngine.builder(engines.proxy())
                .queue("default", queue -> queue.pollInterval(ofHours(10)))
                .heartbeatInterval(ofHours(1))
                .workerExpiry(ofHours(2))
                .sweepInterval(ofHours(1))
                .subscribe(
                        GRIND,
                        job -> Mono.fromSupplier(() -> handled.incrementAndGet() == 1
                                ? JobOutcome.await("flour", ofHours(9))
                                : JobOutcome.complete())));
        engine.client().enqueue(GRIND.job("rye")).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> engines.calls().contains("settle"));
        engines.awaitQuiet();
        store.lookBack();
        Counting senders = new Counting(openStore());

        assertThat(JobClient.create(senders.proxy())
                        .signal("flour")
                        .block(PATIENCE)
                        .woken())
                .isEqualTo(1);

        await().atMost(PATIENCE).until(() -> handled.get() == 2);
        await().atMost(PATIENCE).until(() -> engines.calls().contains("settle"));
        assertThat(senders.calls()).containsExactly("signal");
        assertThat(engines.calls()).containsExactly("claim", "settle");
    }

    @Test
    void aListenerWhoseConnectionIsCutListensAgain() {
        Counting counting = new Counting(openStore());
        AtomicInteger handled = new AtomicInteger();
        start(idle(counting.proxy(), handled));
        counting.awaitQuiet();
        String listeners = "FROM pg_stat_activity WHERE query = 'LISTEN " + schema.name() + "'";
        long before = schema.number("SELECT pid " + listeners);

        schema.number("SELECT count(pg_terminate_backend(pid)) " + listeners);
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) " + listeners + " AND pid <> " + before) == 1);
        await().atMost(PATIENCE).until(() -> counting.calls().contains("claim"));
        JobClient.create(openStore()).enqueue(GRIND.job("rye")).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> handled.get() == 1);
    }

    /** An engine that polls so seldom that what it does at once it does because it was woken. */
    private static JobEngine.Builder idle(JobStore store, AtomicInteger handled) {
        return JobEngine.builder(store)
                .queue("default", queue -> queue.pollInterval(ofHours(10)))
                .heartbeatInterval(ofHours(1))
                .workerExpiry(ofHours(2))
                .sweepInterval(ofHours(1))
                .subscribe(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet));
    }

    @Test
    void aJobWhoseTransactionCommitsLateIsFoundByTheWakeUpOfItsCommit() throws SQLException {
        PostgresJobStore store = openStore();
        Counting counting = new Counting(store);
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = start(idle(counting.proxy(), handled));
        counting.awaitQuiet();
        try (Connection slow = schema.server().jdbc();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(enqueueByHand("3 seconds"));
            engine.client().enqueue(GRIND.job("in time")).block(PATIENCE);
            await().atMost(PATIENCE).until(() -> handled.get() == 1);
            statement.execute("SELECT pg_notify('" + schema.name() + "', '=default')");
            slow.commit();
        }

        await().atMost(PATIENCE).until(() -> handled.get() == 2);
    }

    /** A job whose transaction began so long ago. */
    private String enqueueByHand(String ago) {
        return String.format(
                "WITH b AS (SELECT %1$s.next_block() AS id), j AS ("
                        + "INSERT INTO %1$s.job (id, queue, kind, priority, payload)"
                        + " SELECT id, 'default', 'grind', 4, '\"late\"' FROM b)"
                        + " INSERT INTO %1$s.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now() - interval '%2$s', 0, 1, 4, 0, 'default', 'grind',"
                        + " int8multirange(int8range(id, id, '[]')) FROM b",
                schema.name(), ago);
    }

    @Test
    void withoutNotificationsWorkersFindJobsByPolling() {
        PostgresJobStore store = opened(PostgresJobStore.builder(schema.server().connectionFactory())
                .schema(schema.name())
                .notifications(false)
                .build());
        JobEngine engine = start(JobEngine.builder(store)
                .queue("default", queue -> queue.pollInterval(ofMillis(100)))
                .subscribe(GRIND, job -> Mono.empty()));
        assertThat(engine).isNotNull();

        JobId id = JobClient.create(openStore())
                .enqueue(GRIND.job("rye"))
                .block(PATIENCE)
                .id();

        awaitState(id, JobState.COMPLETED);
    }
}
