package io.headrace.postgres.connection;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One of the store's own connections, and when it was made. */
public final class Session {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final PostgresqlConnection connection;
    private final SqlChannel channel;
    private final int epoch;
    private final Scheduler timers;
    private final Scheduler scheduler;
    private long idleSince;

    Session(PostgresqlConnection connection, int epoch, Scheduler timers) {
        this.connection = connection;
        this.channel = new SqlChannel(connection);
        this.epoch = epoch;
        this.timers = timers;
        Scheduler own = connection instanceof Wrapped<?> wrapped ? wrapped.unwrap(Scheduler.class) : null;
        this.scheduler = own == null ? timers : own;
    }

    /** The driver's connection. */
    public PostgresqlConnection connection() {
        return connection;
    }

    /** Where its statements run. */
    SqlChannel channel() {
        return channel;
    }

    /** The epoch of the server in which it was made. */
    int epoch() {
        return epoch;
    }

    /** The connection's event loop, so that the driver is entered by no other thread while it reads. */
    Scheduler scheduler() {
        return scheduler;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    /** Whether the socket is open, as far as this end knows. */
    boolean isConnected() {
        return Mono.<Boolean>from(connection.validate(ValidationDepth.LOCAL))
                .toFuture()
                .getNow(false);
    }

    /** Whether it is connected and in no transaction. */
    boolean isAtRest() {
        return isConnected() && connection.isAutoCommit();
    }

    /** Closes the connection; completes within a second whether the other end heard of it or not. */
    public Mono<Void> close() {
        return Mono.defer(() -> Mono.from(connection.close()))
                .timeout(CLOSE_TIMEOUT, timers)
                .onErrorComplete();
    }
}
