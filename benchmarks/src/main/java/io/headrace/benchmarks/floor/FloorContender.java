package io.headrace.benchmarks.floor;

import io.headrace.JobId;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.contender.LatencyProbe;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The store's statements for enqueue, claim and settle over a few plain connections of the same driver, which read the rows
 * and do nothing else. What the engine takes beyond this is what the engine costs.
 */
public final class FloorContender implements Contender {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String SCHEMA = "headrace";
    private static final int CONNECTIONS = 4;
    private static final int BLOCK = JobId.BLOCK_SIZE;

    private @Nullable Opened opened;

    private record Opened(List<Connection> connections, long worker, String fill) {}

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void open(ContenderSettings settings) {
        ConnectionFactoryOptions options = settings.options();
        PostgresMigrations.of(options).schema(SCHEMA).migrate();
        ConnectionFactory factory = ConnectionFactories.get(options);
        List<Connection> connections = block(
                Mono.<Connection>from(factory.create()).repeat(CONNECTIONS - 1).collectList());
        opened = new Opened(connections, block(register(connections.get(0))), Payload.fill(settings.payloadBytes()));
    }

    private static Mono<Long> register(Connection connection) {
        return Flux.from(connection
                        .createStatement(StoreStatements.load("upkeep/register", SCHEMA))
                        .bind(0, "floor")
                        .bind(1, new String[] {"default"})
                        .bind(2, Duration.ofDays(1).toMillis())
                        .bind(3, false)
                        .bindNull(4, String[].class)
                        .bindNull(5, Integer[].class)
                        .bindNull(6, String.class)
                        .execute())
                .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get("id", Long.class))))
                .next();
    }

    private static <T> T block(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    /** Every connection does its part of the work, one statement after another. */
    private long onEach(Function<Connection, Mono<Long>> part) {
        return block(Flux.fromIterable(Objects.requireNonNull(opened, "not open").connections)
                .flatMap(part, CONNECTIONS)
                .reduce(0L, Long::sum));
    }

    @Override
    public void enqueueBulk(int jobs) {
        FloorEnqueue enqueue =
                new FloorEnqueue(StoreStatements.load("enqueue/enqueue", SCHEMA), Objects.requireNonNull(opened).fill);
        AtomicInteger next = new AtomicInteger();
        long done = onEach(connection -> Mono.defer(() -> {
                    int from = next.getAndAdd(BLOCK);
                    return from >= jobs
                            ? Mono.<Long>empty()
                            : enqueue.on(connection, from, Math.min(BLOCK, jobs - from));
                })
                .repeat(() -> next.get() < jobs)
                .reduce(0L, Long::sum));
        require(jobs, done);
    }

    /** Without an engine nobody gathers the callers' jobs; what is below one that does is this. */
    @Override
    public void enqueueSingle(int jobs) {
        enqueueBulk(jobs);
    }

    @Override
    public void drain(int jobs) {
        Opened on = Objects.requireNonNull(opened, "not open");
        FloorDrain drain = new FloorDrain(
                StoreStatements.load("claim/claim", SCHEMA), StoreStatements.load("settle/settle", SCHEMA), on.worker);
        AtomicInteger left = new AtomicInteger(jobs);
        long done = onEach(connection -> drain.on(connection, left));
        require(jobs, done);
    }

    private static void require(int jobs, long done) {
        if (done != jobs) {
            throw new IllegalStateException("the floor did " + done + " jobs of " + jobs);
        }
    }

    @Override
    public boolean hasLatency() {
        return false;
    }

    @Override
    public void startLatency(LatencyProbe probe) {
        throw new UnsupportedOperationException("nobody waits for jobs on the floor");
    }

    @Override
    public void enqueueForLatency(long sequence) {
        throw new UnsupportedOperationException("nobody waits for jobs on the floor");
    }

    @Override
    public void stopLatency() {}

    @Override
    public void close() {
        if (opened != null) {
            Flux.fromIterable(opened.connections)
                    .concatMap(Connection::close)
                    .then()
                    .block(PATIENCE);
            opened = null;
        }
    }
}
