package io.headrace.benchmarks.pinned;

import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Connection;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** Transactions that stay open, so that rows which die meanwhile stay too. */
record Horizon(List<Connection> transactions) implements AutoCloseable {

    private static final int READERS = 4;

    /** None. */
    static Horizon free() {
        return new Horizon(List.of());
    }

    /** One that has written, or could, and does nothing more. */
    static Horizon pinnedByAnIdleWriter(Sql sql) {
        return new Horizon(List.of(sql.open("BEGIN", "SELECT pg_current_xact_id()")));
    }

    /** Four that read one state of the database for as long as they like. */
    static Horizon pinnedByReaders(Sql sql) {
        return new Horizon(IntStream.range(0, READERS)
                .mapToObj(nr ->
                        sql.open("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM headrace.pending"))
                .toList());
    }

    @Override
    public void close() {
        Flux.fromIterable(transactions).concatMap(Connection::close).then().block();
    }
}
