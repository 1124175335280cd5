package io.headrace.postgres.signal;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Forgets signals by {@code prune.sql}, each chunk from where the one before it ended. Thread-safe. */
final class SignalPruner {

    private static final int CHUNK = 500;

    private final String prune;
    private final Connections connections;
    private volatile Place lookedUpTo = Place.BEFORE_ALL;

    /** As far as signals were looked at. */
    private record Place(Instant at, String key) {
        static final Place BEFORE_ALL = new Place(Instant.EPOCH, "");
    }

    /** What one statement did. */
    private record Pass(int looked, long forgotten, Place reached) {
        static Pass of(Readable row) {
            int looked = Columns.integer(row, "looked");
            return new Pass(
                    looked,
                    Columns.integer(row, "forgotten"),
                    looked < CHUNK
                            ? Place.BEFORE_ALL
                            : new Place(Columns.time(row, "reached_at"), Columns.text(row, "reached_key")));
        }
    }

    SignalPruner(Statements statements, Connections connections) {
        this.prune = statements.named("signal/prune");
        this.connections = connections;
    }

    /** Goes on until something is forgotten or all have been looked at: those that jobs have read are passed by. */
    Mono<Long> prune(Duration retention) {
        return pass(retention)
                .repeat()
                .takeUntil(pass -> pass.forgotten() > 0 || pass.looked() < CHUNK)
                .last()
                .map(Pass::forgotten)
                .onErrorMap(SqlErrors::of);
    }

    private Mono<Pass> pass(Duration retention) {
        return Mono.defer(() -> connections.work(
                        prune,
                        statement -> new Parameters(statement)
                                .value(retention.toMillis())
                                .value(lookedUpTo.at().toString())
                                .value(lookedUpTo.key())
                                .value(CHUNK)
                                .statement(),
                        Pass::of))
                .map(rows -> rows.get(0))
                .doOnNext(pass -> lookedUpTo = pass.reached());
    }

    void lookBack() {
        lookedUpTo = Place.BEFORE_ALL;
    }
}
