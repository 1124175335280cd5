package io.headrace.postgres.settle;

import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.FailureTrace;
import io.r2dbc.spi.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Stores the stack traces that failures name, before they are named: those of which this process does not know that they are
 * stored. Thread-safe.
 */
final class Traces {

    private final String store;
    private final StoredTraces known = new StoredTraces(System::nanoTime, System::currentTimeMillis);

    Traces(Statements statements) {
        this.store = statements.named("settle/traces");
    }

    /** Those of a flush that are to be stored first. */
    List<FailureTrace> unknown(Map<UUID, FailureTrace> named) {
        return named.values().stream()
                .filter(trace -> !known.contains(trace.hash()))
                .toList();
    }

    Mono<Void> store(SqlChannel channel, Collection<FailureTrace> traces) {
        return Mono.defer(() -> {
            StoredTraces.Moment before = known.now();
            return channel.rows(store, statement -> bind(statement, traces), row -> row)
                    .doOnNext(done -> traces.forEach(trace -> known.add(trace.hash(), before)))
                    .then();
        });
    }

    private static Statement bind(Statement statement, Collection<FailureTrace> traces) {
        return statement
                .bind(0, traces.stream().map(FailureTrace::hash).toArray(UUID[]::new))
                .bind(1, traces.stream().map(FailureTrace::frame).toArray(String[]::new))
                .bind(2, traces.stream().map(FailureTrace::text).toArray(String[]::new));
    }
}
