package io.headrace.benchmarks.peer;

import io.headrace.benchmarks.contender.LatencyProbe;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Several pollers that each claim a batch, handle its jobs a few at a time, delete each that is done, and claim the next. One
 * that finds nothing looks again soon. Deleting was faster than a state for what is done; a connection is taken from the pool
 * for each statement.
 */
final class TextbookWorkers {

    private static final int POLLERS = 4;
    private static final int BATCH = 100;
    private static final int JOBS_AT_A_TIME = 8;
    private static final Duration IDLE = Duration.ofMillis(10);
    private static final ObjectReader PAYLOAD = JsonMapper.shared().readerFor(Payload.class);

    private static final String CLAIM = """
            UPDATE jobs SET state = 'running', claimed_at = now(), attempt = attempt + 1
            WHERE id IN (
                SELECT id FROM jobs
                WHERE state = 'available' AND run_at <= now()
                ORDER BY run_at, id
                LIMIT $1
                FOR UPDATE SKIP LOCKED)
            RETURNING id, payload
            """;

    private static final String DONE = "DELETE FROM jobs WHERE id = $1 AND state = 'running'";

    private final ConnectionPool pool;
    private final LatencyProbe handler;
    private final Handled handled;
    private volatile boolean running = true;
    private @Nullable CompletableFuture<Void> pollers;

    /** What is in a job. */
    record Payload(long number, String filler) {

        /** How many bytes its JSON has without a filler. */
        static final int FRAME = "{'number':123456,'filler':''}".length();
    }

    private record Claimed(long id, Payload payload) {

        static Claimed of(Readable row) {
            return new Claimed(
                    Objects.requireNonNull(row.get("id", Long.class)),
                    PAYLOAD.readValue(Objects.requireNonNull(row.get("payload", String.class))));
        }
    }

    TextbookWorkers(ConnectionPool pool, LatencyProbe handler, Handled handled) {
        this.pool = pool;
        this.handler = handler;
        this.handled = handled;
    }

    void start() {
        pollers = Flux.range(0, POLLERS)
                .flatMap(nr -> Mono.defer(this::claim).flatMap(this::work).repeat(() -> running), POLLERS)
                .then()
                .toFuture();
    }

    /** Returns when what was claimed is done. */
    void stop() {
        running = false;
        Objects.requireNonNull(pollers, "not started").join();
    }

    private Mono<List<Claimed>> claim() {
        return Mono.usingWhen(
                pool.create(),
                connection -> Flux.from(
                                connection.createStatement(CLAIM).bind(0, BATCH).execute())
                        .concatMap(result -> result.map(Claimed::of))
                        .collectList(),
                Connection::close);
    }

    private Mono<Void> work(List<Claimed> jobs) {
        return jobs.isEmpty()
                ? Mono.delay(IDLE).then()
                : Flux.fromIterable(jobs).flatMap(this::work, JOBS_AT_A_TIME).then();
    }

    private Mono<Void> work(Claimed job) {
        return Mono.<Void>fromRunnable(() -> handler.started(job.payload().number()))
                .then(Mono.usingWhen(
                        pool.create(),
                        connection -> TextbookR2dbc.rows(
                                connection.createStatement(DONE).bind(0, job.id())),
                        Connection::close))
                .doOnNext(deleted -> handled.one())
                .then();
    }
}
