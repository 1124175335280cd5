package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.RetryPolicy;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An engine whose handler writes a row about each job, in a transaction on a connection of the application's pool. */
abstract class CompleteInTests extends EngineTests {

    final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final ConnectionPool pool;

    CompleteInTests(TestServer server) {
        super(server);
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(server.connectionFactory())
                .initialSize(0)
                .maxSize(16)
                .build());
    }

    @BeforeEach
    void makeTable() {
        schema.execute("CREATE TABLE " + schema.name() + ".flour (job bigint PRIMARY KEY)");
    }

    /** Of what ended well, a row and a completion, and of what did not, neither. */
    @AfterEach
    void rowsAndCompletionsAgree() {
        pool.disposeLater().block(PATIENCE);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(agreeing());
    }

    private long agreeing() {
        return schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed c WHERE EXISTS"
                + " (SELECT FROM %s.flour f WHERE c.jobs @> f.job)");
    }

    JobEngine engine(Function<Job<String>, Publisher<?>> handler) {
        return engine(ofHours(1), handler);
    }

    /** @param backoff when a failed attempt is retried */
    JobEngine engine(Duration backoff, Function<Job<String>, Publisher<?>> handler) {
        return start(JobEngine.builder(openStore())
                .queue("default", q -> q.concurrency(64).pollInterval(ofHours(1)))
                .subscribe(JobHandler.of(
                                GRIND, job -> Flux.from(handler.apply(job)).doOnError(errors::add))
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(backoff)))));
    }

    JobId enqueue(JobEngine engine, String payload) {
        return engine.client().enqueue(GRIND.job(payload)).block(PATIENCE).id();
    }

    /** Works in a transaction, which is committed, or rolled back on an error. */
    <T> Mono<T> transaction(Function<Connection, Mono<T>> work) {
        return transaction(IsolationLevel.READ_COMMITTED, work);
    }

    <T> Mono<T> transaction(IsolationLevel level, Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(
                connect().delayUntil(connection -> connection.beginTransaction(level)),
                work,
                connection -> Flux.concat(connection.commitTransaction(), connection.close()),
                (connection, error) -> Flux.concat(connection.rollbackTransaction(), connection.close()),
                connection -> Flux.concat(connection.rollbackTransaction(), connection.close()));
    }

    Mono<Connection> connect() {
        return pool.create();
    }

    Mono<Void> insert(Connection connection, Job<?> job) {
        return run(
                connection,
                "INSERT INTO " + schema.name() + ".flour VALUES (" + job.id().value() + ")");
    }

    static Mono<Void> run(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }

    /** The engine's. */
    PostgresJobStore store() {
        return stores.get(stores.size() - 1);
    }

    Mono<Void> completeIn(Connection connection, Job<?> job) {
        return job.completeIn(store().transaction(connection));
    }

    /** The row first, and then the completion. */
    Mono<Void> grind(Job<?> job) {
        return transaction(connection -> insert(connection, job).then(completeIn(connection, job)));
    }

    /** Long enough for the bookkeeping of a job that has ended. */
    void awaitNothingLeased() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.lease") == 0);
    }
}
