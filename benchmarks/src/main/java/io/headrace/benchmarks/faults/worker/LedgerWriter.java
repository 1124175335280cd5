package io.headrace.benchmarks.faults.worker;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobId;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes each run of a handler down, over connections of its own. A run is written once, however often it is tried: a
 * database that is away delays the handler and does not fail it.
 */
final class LedgerWriter {

    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Backoff AWAY = Backoff.fixed(Duration.ofMillis(200)).jitter(0.2);

    private final ConnectionPool pool;
    private final String insert;
    private final String moment;
    private final long pid = ProcessHandle.current().pid();

    LedgerWriter(ConnectionFactoryOptions options, String schema) {
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .initialSize(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(PATIENCE)
                .maxCreateConnectionTime(PATIENCE)
                .build());
        this.insert = "INSERT INTO " + schema + "_ledger.run (run, job, pid, attempt) VALUES ($1, $2, $3, $4)"
                + " ON CONFLICT DO NOTHING";
        this.moment = "INSERT INTO " + schema + "_ledger.moment (job, what, millis) VALUES ($1, $2, $3)";
    }

    Mono<Void> write(Job<?> job) {
        return Mono.defer(() -> write(job, UUID.randomUUID()));
    }

    private Mono<Void> write(Job<?> job, UUID run) {
        return write(
                insert,
                statement -> statement
                        .bind(0, run)
                        .bind(1, job.id().value())
                        .bind(2, pid)
                        .bind(3, job.attempt()));
    }

    /** Writes down that something has just happened to a job, by the clock of this host. */
    Mono<Void> write(JobId job, Grain.Moment what) {
        long millis = System.currentTimeMillis();
        return write(
                moment,
                statement -> statement.bind(0, job.value()).bind(1, what.name()).bind(2, millis));
    }

    private Mono<Void> write(String sql, UnaryOperator<Statement> bind) {
        Mono<Void> once = Mono.usingWhen(
                pool.create(),
                connection -> Flux.from(
                                bind.apply(connection.createStatement(sql)).execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(),
                Connection::close);
        return once.retryWhen(AWAY.retry(Integer.MAX_VALUE, error -> true));
    }
}
