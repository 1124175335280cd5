package io.headrace.benchmarks.peer;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue as most teams would write it by hand: one table with a state and a partial index, {@code FOR UPDATE SKIP LOCKED}
 * as the chapter "SELECT" of the PostgreSQL manual has it for "queue-like" tables, R2DBC with r2dbc-pool. Enqueuing in bulk
 * inserts a thousand rows a statement, from a few connections at a time; {@link TextbookWorkers} is the other end.
 */
public final class TextbookR2dbc implements Contender {

    private static final int CONNECTIONS = 24;
    private static final int ROWS_PER_INSERT = 1_000;
    private static final int INSERTS_AT_A_TIME = 4;

    private static final String[] TABLE = {
        """
        CREATE TABLE IF NOT EXISTS jobs (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            state text NOT NULL DEFAULT 'available',
            run_at timestamptz NOT NULL DEFAULT now(),
            attempt integer NOT NULL DEFAULT 0,
            claimed_at timestamptz,
            payload jsonb NOT NULL
        )
        """, "CREATE INDEX IF NOT EXISTS jobs_available ON jobs (run_at, id) WHERE state = 'available'"
    };

    private static final String INSERT =
            "INSERT INTO jobs (payload) SELECT payload::jsonb FROM unnest($1::text[]) AS payload";

    private @Nullable Opened opened;
    private @Nullable TextbookWorkers latency;

    private record Opened(ConnectionPool pool, String filler, int callers) {}

    @Override
    public String name() {
        return "textbook_r2dbc";
    }

    @Override
    public void open(ContenderSettings settings) {
        join(settings);
        Mono.usingWhen(
                        opened().pool.create(),
                        connection -> Flux.fromArray(TABLE)
                                .concatMap(sql -> rows(connection.createStatement(sql)))
                                .then(),
                        Connection::close)
                .block();
    }

    @Override
    public void join(ContenderSettings settings) {
        ConnectionPool pool =
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(settings.options()))
                        .initialSize(CONNECTIONS)
                        .maxSize(CONNECTIONS)
                        .build());
        opened = new Opened(
                pool,
                "x".repeat(Math.max(0, settings.payloadBytes() - TextbookWorkers.Payload.FRAME)),
                settings.concurrency());
    }

    @Override
    public boolean sharesTables() {
        return true;
    }

    static Mono<Long> rows(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).reduce(0L, Long::sum);
    }

    private Opened opened() {
        return Objects.requireNonNull(opened, "not open");
    }

    private Mono<Long> insert(List<Long> numbers) {
        String[] payloads = numbers.stream()
                .map(number -> new TextbookWorkers.Payload(number, opened().filler))
                .map(JsonMapper.shared()::writeValueAsString)
                .toArray(String[]::new);
        return Mono.usingWhen(
                opened().pool.create(),
                connection -> rows(connection.createStatement(INSERT).bind(0, payloads)),
                Connection::close);
    }

    @Override
    public void enqueueBulk(int jobs) {
        enqueue(
                Flux.fromStream(LongStream.range(0, jobs).boxed())
                        .buffer(ROWS_PER_INSERT)
                        .flatMap(this::insert, INSERTS_AT_A_TIME),
                jobs);
    }

    @Override
    public void enqueueSingle(int jobs) {
        enqueue(
                Flux.fromStream(LongStream.range(0, jobs).boxed())
                        .flatMap(number -> insert(List.of(number)), opened().callers),
                jobs);
    }

    private static void enqueue(Flux<Long> inserts, int jobs) {
        Long inserted = inserts.reduce(0L, Long::sum).block();
        if (inserted == null || inserted != jobs) {
            throw new IllegalStateException(inserted + " of " + jobs + " jobs were inserted");
        }
    }

    @Override
    public void drain(int jobs) throws InterruptedException {
        Handled handled = new Handled(jobs);
        TextbookWorkers workers = new TextbookWorkers(opened().pool, sequence -> {}, handled);
        workers.start();
        try {
            handled.await();
        } finally {
            workers.stop();
        }
    }

    @Override
    public void startLatency(LatencyProbe probe) {
        latency = new TextbookWorkers(opened().pool, probe, new Handled(Integer.MAX_VALUE));
        latency.start();
    }

    @Override
    public void enqueueForLatency(long sequence) {
        enqueue(insert(List.of(sequence)).flux(), 1);
    }

    @Override
    public void stopLatency() {
        Objects.requireNonNull(latency, "not started").stop();
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.pool.dispose();
        }
    }
}
