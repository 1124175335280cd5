package io.headrace.postgres.diagnose;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The statements of the checks, none of which has parameters, run on the connections of a store. */
final class Queries {

    /** A table, a column or a function that is not there, and a right that is missing. */
    private static final Set<String> SAID_ELSEWHERE = Set.of("42P01", "3F000", "42703", "42883", "42501");

    private final LoadedStatements statements;
    private final Connections connections;

    /** What to make of an answer and of the moments before and after. */
    @FunctionalInterface
    interface Timed<T, R> {
        R take(Instant asked, T answer, Instant answered);
    }

    Queries(LoadedStatements statements, Connections connections) {
        this.statements = statements;
        this.connections = connections;
    }

    /** Whether an error only repeats what the checks of the schema's version and of the rights say. */
    static boolean isForOtherChecks(Throwable error) {
        String state = SqlErrors.state(error);
        return state != null && SAID_ELSEWHERE.contains(state);
    }

    <T> Mono<List<T>> rows(String name, Function<Readable, T> row) {
        return connections.glance(statements.named(name), statement -> statement, row);
    }

    /** A statement that answers one row, and nothing else between the two moments. */
    <T, R> Mono<R> timed(String name, Function<Readable, T> row, InstantSource clock, Timed<T, R> taken) {
        return connections.work(channel -> Mono.defer(() -> {
            Instant asked = clock.instant();
            return channel.rows(statements.named(name), statement -> statement, row)
                    .map(rows -> taken.take(asked, rows.get(0), clock.instant()));
        }));
    }
}
