package io.headrace.postgres.upkeep;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Forgets tombstones by {@code prune.sql}, each chunk from where the one before it ended. Thread-safe. */
public final class Pruner {

    private static final int CHUNK = 100;

    private final String prune;
    private final Connections connections;
    private volatile Instant prunedUpTo = Instant.EPOCH;
    private volatile Debounced lookedUpTo = Debounced.BEFORE_ALL;
    private volatile long recordsUpTo;

    /** By kind and key, as far as debounced jobs were looked at. */
    private record Debounced(String kind, String key) {
        static final Debounced BEFORE_ALL = new Debounced("", "");
    }

    /** What one statement did. */
    private record Pass(long pruned, boolean more) {}

    public Pruner(Statements statements, Connections connections) {
        this.prune = statements.named("upkeep/prune");
        this.connections = connections;
    }

    /** Forgets a chunk of those that are older than the retention; answers how many. After the last, also what terms left. */
    public Mono<Long> prune(Duration retention) {
        return Mono.defer(() ->
                        connections.work(prune, statement -> bind(statement, retention, lookedUpTo), this::pruned))
                .map(passes -> passes.get(0))
                // A loop, not a recursion: after a long pause there may be thousands of passes.
                .repeat()
                .takeUntil(pass -> !pass.more())
                .last()
                .map(Pass::pruned);
    }

    private Statement bind(Statement statement, Duration retention, Debounced debounced) {
        return statement
                .bind(0, retention.toMillis())
                .bind(1, CHUNK)
                .bind(2, prunedUpTo.toString())
                .bind(3, debounced.kind())
                .bind(4, debounced.key())
                .bind(5, recordsUpTo);
    }

    /** The next chunk begins where this one ended; after an empty one, at the oldest again: some may have been passed by. */
    private Pass pruned(Readable row) {
        prunedUpTo = Objects.requireNonNullElse(row.get("reached", Instant.class), Instant.EPOCH);
        String kind = row.get("reached_kind", String.class);
        lookedUpTo = kind == null
                ? Debounced.BEFORE_ALL
                : new Debounced(kind, Objects.requireNonNull(row.get("reached_key", String.class)));
        recordsUpTo = Objects.requireNonNullElse(row.get("reached_record", Long.class), 0L);
        return new Pass(Columns.number(row, "pruned"), Columns.flag(row, "more"));
    }

    /** The next prune begins at the oldest. */
    public void lookBack() {
        prunedUpTo = Instant.EPOCH;
        lookedUpTo = Debounced.BEFORE_ALL;
        recordsUpTo = 0;
    }
}
