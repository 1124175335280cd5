package io.headrace.benchmarks.headrace;

import io.headrace.JobClient;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.JobTransaction;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Transactions as an application has them, on sixteen connections of its own: as soon as one is committed, the next begins.
 * What blocks is used by one thread.
 */
public final class CallersTransactions implements AutoCloseable {

    private static final int AT_A_TIME = 16;
    private static final String INSERT = "INSERT INTO callers_row (text) VALUES ($1)";

    private final PostgresJobStore store;
    private final JobClient client;
    private final String fill;
    private final ConnectionPool pool;

    CallersTransactions(ContenderSettings settings, PostgresJobStore store, JobClient client) {
        this.store = store;
        this.client = client;
        this.fill = Payload.fill(settings.payloadBytes());
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(settings.options()))
                .maxSize(AT_A_TIME)
                .build());
        new Sql(settings.options(), Map.of())
                .run("CREATE TABLE IF NOT EXISTS callers_row"
                        + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
    }

    /** So many that each insert a row. */
    public void withRow(int transactions) {
        run(transactions, this::insert);
    }

    /** So many that each insert a row and enqueue a job. */
    public void withRowAndJob(int transactions) {
        run(transactions, (on, nr) -> insert(on, nr).then(enqueue(on, nr)));
    }

    /** So many that each enqueue a job and do nothing else. */
    public void withJob(int transactions) {
        run(transactions, this::enqueue);
    }

    /**
     * One more, for a handler.
     *
     * @param work is given the transaction, and what inserts a row in it
     */
    public Mono<Void> oneWithRow(long nr, BiFunction<JobTransaction, Mono<Void>, Mono<Void>> work) {
        return inTransaction(on -> work.apply(store.transaction(on), insert(on, nr)));
    }

    private void run(int transactions, BiFunction<Connection, Integer, Mono<Void>> work) {
        Flux.range(0, transactions)
                .flatMap(nr -> inTransaction(on -> work.apply(on, nr)), AT_A_TIME)
                .blockLast(HeadraceContender.PATIENCE);
    }

    private Mono<Void> inTransaction(Function<Connection, Mono<Void>> work) {
        return Mono.usingWhen(
                pool.create(),
                on -> Mono.from(on.beginTransaction()).then(work.apply(on)).then(Mono.from(on.commitTransaction())),
                Connection::close);
    }

    private Mono<Void> insert(Connection on, long nr) {
        return Flux.from(on.createStatement(INSERT).bind("$1", nr + fill).execute())
                .concatMap(Result::getRowsUpdated)
                .then();
    }

    private Mono<Void> enqueue(Connection on, int nr) {
        return client.in(store.transaction(on)).enqueue(Payload.job(nr, fill)).then();
    }

    @Override
    public void close() {
        pool.disposeLater().block(HeadraceContender.PATIENCE);
    }
}
