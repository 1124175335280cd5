package io.headrace.postgres.schedule;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Forgets fires by {@code prune_fires.sql}, each chunk from where the one before it ended. Thread-safe. */
final class FirePruner {

    private static final int CHUNK = 5_000;

    private final String prune;
    private final Connections connections;
    private volatile Instant prunedUpTo = Instant.EPOCH;

    FirePruner(Statements statements, Connections connections) {
        this.prune = statements.named("schedule/prune_fires");
        this.connections = connections;
    }

    Mono<Long> prune(Duration retention) {
        return connections
                .work(
                        prune,
                        statement -> statement
                                .bind(0, retention.toMillis())
                                .bind(1, CHUNK)
                                .bind(2, prunedUpTo.toString()),
                        this::pruned)
                .map(counts -> counts.get(0));
    }

    /** The next chunk begins where this one ended; after an empty one, at the oldest again: some may have been passed by. */
    private long pruned(Readable row) {
        prunedUpTo = Objects.requireNonNullElse(row.get("reached", Instant.class), Instant.EPOCH);
        return Columns.number(row, "pruned");
    }

    /** The next prune begins at the oldest. */
    void lookBack() {
        prunedUpTo = Instant.EPOCH;
    }
}
