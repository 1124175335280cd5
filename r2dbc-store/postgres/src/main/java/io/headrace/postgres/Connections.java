package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.spi.PoolUse;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The connections of one store. Work has a pool; heartbeats and sweeps have another, small one, so that a pool full of
 * work costs no lease; what tidies has one, since it may take long, and lets it go between its rounds; the listener has a
 * connection of its own.
 *
 * <p>All of them work in READ COMMITTED, whatever the database's default: a statement that had to wait for a lock must see
 * what was committed meanwhile.
 */
final class Connections {

    /** One for the heartbeat and one for the sweep, which may take longer than a heartbeat can wait. */
    static final int RESERVED = 2;

    /** The listener's. */
    static final int LISTENING = 1;

    /** The one that makes and drops segments. */
    static final int TIDYING = 1;

    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration UPKEEP_LIMIT = Duration.ofSeconds(5);
    private static final Duration READ_LIMIT = Duration.ofMinutes(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration IDLE_TIDYING = Duration.ofSeconds(10);

    /**
     * A plan is made once, perhaps while a table is empty that will hold millions: what moves jobs goes by indexes, and by those
     * scans that mark dead entries for the next. Making a plan for each call, or compiling it, takes longer than most calls.
     */
    static final String MOVING = "SET plan_cache_mode = force_generic_plan; SET jit = off;"
            + " SET enable_seqscan = off; SET enable_bitmapscan = off";

    /** A query for people may read all there is. */
    private static final String READING =
            "SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on";

    private final PostgresqlConnectionFactory factory;
    private final ConnectionPool work;
    private final ConnectionPool upkeep;
    private final ConnectionPool tidying;
    private final Duration statementTimeout;
    private final boolean ownSessions;

    /** @param ownSessions whether what is set for a session stays with it, and reaches nobody else */
    Connections(ConnectionFactory given, int most, Duration statementTimeout, boolean ownSessions) {
        this.statementTimeout = statementTimeout;
        this.ownSessions = ownSessions;
        this.factory = postgres(given);
        String moving = ownSessions ? MOVING : "";
        this.work = pool("headrace-work", moving, most - RESERVED - LISTENING - TIDYING, IDLE);
        this.upkeep = pool("headrace-upkeep", moving, RESERVED, IDLE);
        this.tidying = pool("headrace-tidying", "", TIDYING, IDLE_TIDYING);
    }

    private ConnectionPool pool(String name, String settings, int size, Duration idle) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(new ReadCommitted(factory, settings))
                .name(name)
                .initialSize(0)
                .maxSize(size)
                .maxAcquireTime(ACQUIRE_TIMEOUT)
                // A peer that takes the connection and says nothing must not use up a place for good.
                .maxCreateConnectionTime(CONNECT_TIMEOUT)
                // After a restart of the server every idle connection is found broken, one at a time.
                .acquireRetry(size)
                .maxIdleTime(idle)
                .build());
    }

    /** The driver's own factory, whatever pool or proxy stands before it: the app's pool is not used up by the engine. */
    private static PostgresqlConnectionFactory postgres(ConnectionFactory given) {
        Object factory = given;
        while (!(factory instanceof PostgresqlConnectionFactory)) {
            if (!(factory instanceof Wrapped<?> wrapped)) {
                throw new InvalidSettingException(
                        "connectionFactory",
                        "a " + given.getClass().getName() + " is not r2dbc-postgresql's, nor a wrapper around it");
            }
            factory = wrapped.unwrap();
        }
        return (PostgresqlConnectionFactory) factory;
    }

    List<PoolUse> pools() {
        return List.of(use("work", work), use("upkeep", upkeep), use("tidying", tidying));
    }

    private static PoolUse use(String name, ConnectionPool pool) {
        PoolMetrics now = pool.getMetrics().orElseThrow();
        return new PoolUse(
                name, now.acquiredSize(), now.idleSize(), now.pendingAcquireSize(), now.getMaxAllocatedSize());
    }

    PostgresqlConnectionFactory factory() {
        return factory;
    }

    /** Runs a statement that moves jobs. */
    <T> Mono<List<T>> work(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return work(connection -> rows(connection, sql, bind, row));
    }

    /** Runs whatever it takes to move jobs on one connection, each statement a transaction of its own. */
    <T> Mono<T> work(Function<Connection, Mono<T>> body) {
        return use(work, statementTimeout, body);
    }

    /** Runs several statements in one transaction. */
    <T> Mono<T> transaction(Function<Connection, Mono<T>> body) {
        return work(connection -> inTransaction(connection, body.apply(connection)));
    }

    private static <T> Mono<T> inTransaction(Connection connection, Mono<T> body) {
        return Mono.from(connection.beginTransaction())
                .then(body)
                .flatMap(result -> Mono.from(connection.commitTransaction()).thenReturn(result))
                .onErrorResume(error -> Mono.from(connection.rollbackTransaction())
                        .onErrorComplete()
                        .then(Mono.error(error)));
    }

    /** Runs a query for people, which may take its time. */
    <T> Mono<List<T>> read(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return use(work, READ_LIMIT, connection -> reading(connection, sql, bind, row));
    }

    /** Runs a query for a gauge or a check, which nobody waits for long. */
    <T> Mono<List<T>> glance(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return use(work, min(UPKEEP_LIMIT, statementTimeout), connection -> reading(connection, sql, bind, row));
    }

    private <T> Mono<List<T>> reading(
            Connection connection, String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        Mono<List<T>> rows = rows(connection, sql, bind, row);
        return ownSessions ? inTransaction(connection, set(connection, READING).then(rows)) : rows;
    }

    private static Mono<Void> set(Connection connection, String settings) {
        return Flux.from(connection.createStatement(settings).execute())
                .concatMap(Result::getRowsUpdated)
                .then();
    }

    /** Runs a sweep: on a reserved connection, and as long as work may take. */
    <T> Mono<List<T>> sweep(String sql, Function<Readable, T> row) {
        return use(upkeep, statementTimeout, connection -> rows(connection, sql, statement -> statement, row));
    }

    /** Runs a step of tidying, which may take its time. */
    <T> Mono<List<T>> tidy(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return use(tidying, READ_LIMIT, connection -> rows(connection, sql, bind, row));
    }

    /** Runs a statement that must not wait behind those that move jobs. */
    <T> Mono<List<T>> upkeep(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return use(upkeep, min(UPKEEP_LIMIT, statementTimeout), connection -> rows(connection, sql, bind, row));
    }

    static <T> Mono<List<T>> rows(
            Connection connection, String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return Flux.from(bind.apply(connection.createStatement(sql)).execute())
                .concatMap(result -> result.map(row))
                .collectList();
    }

    /**
     * A statement that is on its way is never cancelled: the caller may go, the bookkeeping is finished. One that is not
     * answered in time has its connection thrown away, since the other end may be gone without a word; whether it took effect
     * is then unknown.
     */
    private static <T> Mono<T> use(ConnectionPool pool, Duration limit, Function<Connection, Mono<T>> body) {
        Mono<T> whole = Mono.usingWhen(
                pool.create(),
                connection -> body.apply(connection)
                        .timeout(limit)
                        .onErrorResume(
                                TimeoutException.class,
                                error -> throwAway(connection).then(Mono.error(error))),
                Connection::close);
        return Mono.fromFuture(whole::toFuture, true);
    }

    private static Mono<Void> throwAway(Connection pooled) {
        return pooled instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof Connection real
                ? Mono.from(real.close()).timeout(CLOSE_TIMEOUT).onErrorComplete()
                : Mono.empty();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    Mono<Void> close() {
        return work.disposeLater().then(upkeep.disposeLater()).then(tidying.disposeLater());
    }

    /** Makes connections that see what was committed while they waited. */
    private record ReadCommitted(ConnectionFactory factory, String settings) implements ConnectionFactory {

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.<Connection>from(factory.create())
                    .flatMap(connection -> Mono.from(
                                    connection.setTransactionIsolationLevel(IsolationLevel.READ_COMMITTED))
                            .then(settings.isEmpty() ? Mono.empty() : set(connection, settings))
                            .onErrorResume(
                                    error -> Mono.from(connection.close()).then(Mono.error(error)))
                            .thenReturn(connection));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return factory.getMetadata();
        }
    }
}
