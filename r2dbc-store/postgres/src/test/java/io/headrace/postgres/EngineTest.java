package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.AttemptFailure;
import io.headrace.Backoff;
import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.WorkerRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The whole way, from enqueue to the end, on real servers. */
@OnEachServer
class EngineTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private final List<JobEngine> engines = new ArrayList<>();
    private final List<PostgresJobStore> stores = new ArrayList<>();

    EngineTest(TestServer server) {
        this.schema = new TestSchema(server);
    }

    @AfterEach
    void everyJobIsInOnePlaceAndNothingIsLeftBehind() {
        try {
            engines.forEach(engine -> engine.stop(ofSeconds(5)).block(PATIENCE));
            schema.audit();
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(schema.number("SELECT count(*) FROM %s.worker")).isZero();
        } finally {
            stores.forEach(store -> store.close().block(PATIENCE));
            schema.close();
        }
    }

    private PostgresJobStore openStore() {
        PostgresJobStore store = schema.open(9);
        stores.add(store);
        return store;
    }

    private JobEngine start(JobEngine.Builder builder) {
        JobEngine engine = builder.build();
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    private JobSnapshot find(JobId id) {
        return schema.store().inspector().find(id).block(PATIENCE);
    }

    private void awaitState(JobId id, JobState state) {
        await().atMost(PATIENCE).until(() -> find(id).state() == state);
    }

    @Test
    void jobsAreHandledAndTheFailingEndAsTombstones() {
        RetryPolicy thrice = RetryPolicy.defaults().maxAttempts(3).backoff(Backoff.fixed(ofMillis(50)));
        JobEngine engine = start(JobEngine.builder(openStore())
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.payload().equals("stone")
                                        ? Mono.error(new IllegalStateException("attempt " + job.attempt()))
                                        : Mono.empty())
                        .retry(thrice)));

        JobId good = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        JobId bad = engine.client()
                .enqueue(GRIND.job("stone").uniqueKey("s"))
                .block(PATIENCE)
                .id();

        awaitState(good, JobState.COMPLETED);
        awaitState(bad, JobState.FAILED);
        assertThat(find(bad).payload()).isEqualTo("\"stone\"");
        assertThat(find(bad).attempt()).isEqualTo(3);
        assertThat(find(bad).failures())
                .extracting(AttemptFailure::message)
                .containsExactly("attempt 1", "attempt 2", "attempt 3");
        assertThat(engine.client().findWithTraces(bad).block(PATIENCE).failures())
                .allSatisfy(failure -> {
                    assertThat(failure.errorType()).isEqualTo("java.lang.IllegalStateException");
                    assertThat(failure.trace()).contains("EngineTest");
                });
        assertThat(engine.client()
                        .enqueue(GRIND.job("stone").uniqueKey("s"))
                        .block(PATIENCE)
                        .created())
                .isFalse();
    }

    @Test
    void attemptsAndTheNextRunSurviveARestartOfEverything() {
        AtomicInteger attempts = new AtomicInteger();
        JobEngine first = start(JobEngine.builder(openStore()).subscribe(GRIND, job -> {
            attempts.incrementAndGet();
            return Mono.error(new IllegalStateException("no"));
        }));
        JobId id = first.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        await().atMost(PATIENCE).until(() -> find(id).state() == JobState.PENDING && find(id).attempt() == 1);
        JobSnapshot before = find(id);
        first.stop().block(PATIENCE);
        stores.get(0).close().block(PATIENCE);

        AtomicInteger attempt = new AtomicInteger();
        start(JobEngine.builder(openStore()).subscribe(GRIND, job -> {
            attempt.set(job.attempt());
            return Mono.empty();
        }));

        assertThat(find(id).runAt()).isEqualTo(before.runAt());
        assertThat(attempts).hasValue(1);
        schema.passTime(ofSeconds(5));
        awaitState(id, JobState.COMPLETED);
        assertThat(attempt).hasValue(2);
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
        PostgresJobStore store = PostgresJobStore.builder(schema.server().connectionFactory())
                .schema(schema.name())
                .notifications(false)
                .build();
        stores.add(store);
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

    @Test
    void whatJacksonWritesAndJsonbRefusesIsTheGuiltyCallersErrorAlone() {
        JobType<Object> any = JobType.of("any", Object.class);
        JobClient client = JobClient.create(openStore());
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        Object tooLarge = Map.of("n", new BigDecimal("1e200000"));

        Long created = Flux.range(0, 200)
                .flatMap(
                        i -> client.enqueue(any.job(i == 100 ? tooLarge : i)).onErrorResume(error -> {
                            errors.add(error);
                            return Mono.empty();
                        }),
                        200)
                .count()
                .block(PATIENCE);

        assertThat(created).isEqualTo(199);
        assertThat(errors).singleElement().isInstanceOfSatisfying(InvalidJobException.class, e -> {
            assertThat(e.field()).isEqualTo("payload");
            assertThat(e).hasMessageContaining("refused by PostgreSQL");
        });
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(199);
    }

    @Test
    void oneBadJobInABatchOfThousandsEnqueuesNone() {
        JobType<Object> any = JobType.of("any", Object.class);
        List<NewJob<Object>> jobs = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            jobs.add(any.job(i == 2_999 ? new BigDecimal("1e200000") : i));
        }

        Mono<?> enqueued = JobClient.create(openStore()).enqueueAll(jobs);

        assertThat(catchThrowable(() -> enqueued.block(PATIENCE))).isInstanceOf(InvalidJobException.class);
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.pending")).isZero();
    }

    /** Notes the store's calls in their order. */
    private static final class Counting {
        private static final Set<Class<?>> FACETS = Set.of(JobIntake.class, LeaseStore.class, WorkerRegistry.class);

        private final JobStore store;
        private final Queue<String> calls = new ConcurrentLinkedQueue<>();

        Counting(JobStore store) {
            this.store = store;
        }

        JobStore proxy() {
            return proxy(JobStore.class, store);
        }

        private <T> T proxy(Class<T> type, Object target) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        try {
                            Object answer = method.invoke(target, args);
                            if (FACETS.contains(method.getReturnType())) {
                                return proxy(method.getReturnType(), answer);
                            }
                            return answer instanceof Mono<?> mono
                                    ? mono.doOnSubscribe(s -> calls.add(method.getName()))
                                    : answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        /** Until the engine has said that it waits and claimed once more, and the listener has announced itself. */
        void awaitQuiet() {
            await().atMost(PATIENCE).during(ofMillis(300)).until(() -> calls.size(), before -> {
                boolean quiet = calls.contains("markIdle") && before == lastSize;
                lastSize = calls.size();
                return quiet;
            });
            calls.clear();
        }

        private int lastSize;

        List<String> calls() {
            return List.copyOf(calls);
        }
    }
}
