package io.headrace.postgres.connection;

import io.headrace.InvalidSettingException;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes the store's connections, each within a limit: a peer that accepts and stays silent costs an attempt, and a
 * connection that arrives after its attempt was given up is closed.
 */
public final class Sessions {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final PostgresqlConnectionFactory factory;
    private final ServerEpoch epoch;
    private final Supplier<? extends Exception> shared;
    private final Scheduler timers = StoreThread.scheduler();

    private final Duration limit;
    /** Until it is known that sessions are the store's own, nothing is set in one. */
    private volatile boolean mayBeShared;

    /**
     * Makes sessions when asked.
     *
     * @param own whether sessions have to be the store's own, which is then found out with the first one
     * @param shared what is signalled if they are not
     */
    Sessions(
            ConnectionFactory given,
            ServerEpoch epoch,
            Duration limit,
            boolean own,
            Supplier<? extends Exception> shared) {
        this.factory = postgres(given);
        this.epoch = epoch;
        this.limit = limit;
        this.mayBeShared = own;
        this.shared = shared;
    }

    /** The driver's own factory, whatever pool or proxy stands before it: the app's pool is not used up by the engine. */
    private static PostgresqlConnectionFactory postgres(ConnectionFactory given) {
        Object factory = given;
        while (!(factory instanceof PostgresqlConnectionFactory)) {
            if (!(factory instanceof Wrapped<?> wrapped)) {
                throw new InvalidSettingException(
                        "connectionFactory",
                        "a " + given.getClass().getName()
                                + " is neither r2dbc-postgresql's connection nor a wrapper of it");
            }
            factory = wrapped.unwrap();
        }
        return (PostgresqlConnectionFactory) factory;
    }

    ServerEpoch epoch() {
        return epoch;
    }

    /** Whether a session leads to the server that is to be talked to now. */
    public boolean isCurrent(Session session) {
        return session.epoch() == epoch.current();
    }

    /** Where the timers of connections run, and where connections are made. */
    public Scheduler timers() {
        return timers;
    }

    /** A new session, in which these settings hold. */
    Mono<Session> connect(String settings) {
        return Mono.defer(() -> {
                    Duration pause = epoch.pauseBeforeConnecting();
                    return pause.isZero()
                            ? connect()
                            : Mono.delay(pause, timers).then(connect());
                })
                .flatMap(session -> requireOwn(session)
                        // A dozen round trips, once.
                        .timeout(limit.multipliedBy(2), timers)
                        .then(set(session.connection(), settings).timeout(limit, timers))
                        .onErrorResume(error -> session.close().then(Mono.error(error)))
                        .thenReturn(session));
    }

    private Mono<Void> requireOwn(Session first) {
        if (!mayBeShared) {
            return Mono.empty();
        }
        return Mono.usingWhen(
                        connect(), second -> PoolerProbe.finds(first.connection(), second.connection()), Session::close)
                .flatMap(found -> found ? Mono.error(shared.get()) : Mono.fromRunnable(() -> mayBeShared = false));
    }

    /** A new session as the driver makes it. */
    public Mono<Session> connect() {
        return Mono.defer(() -> {
            int now = epoch.current();
            return connection().map(connection -> new Session(connection, now, timers));
        });
    }

    private Mono<PostgresqlConnection> connection() {
        return Mono.fromFuture(() -> {
            CompletableFuture<PostgresqlConnection> made = new CompletableFuture<>();
            Disposable timer = timers.schedule(
                    () -> made.completeExceptionally(
                            new TimeoutException("Connecting took longer than " + limit.toMillis() + " ms")),
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
            factory.create()
                    .doFinally(signal -> timer.dispose())
                    .subscribe(
                            connection -> {
                                if (!made.complete(connection)) {
                                    new Session(connection, 0, timers).close().subscribe();
                                }
                            },
                            made::completeExceptionally);
            return made;
        });
    }

    /** Sets something for a session. */
    static Mono<Void> set(Connection connection, String settings) {
        return Flux.from(connection.createStatement(settings).execute())
                .concatMap(Result::getRowsUpdated)
                .then();
    }
}
