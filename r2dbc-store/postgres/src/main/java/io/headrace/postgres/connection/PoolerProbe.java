package io.headrace.postgres.connection;

import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether a pooler in transaction mode is between: each transaction of a connection then runs on whichever connection to the
 * server is free, and what one sets for its session reaches others.
 *
 * <p>Two connections set a harmless setting to values of their own, the second one last. Whoever then reads a value on the first
 * that it has not set shares its session. A pooler that hands out the connection that was used last, as PgBouncer does, is found
 * by the first look; the further looks are for one that hands them out in turn, or that others use at the same time. A connection
 * to the server itself, or a pooler in session mode, always reads what was set: there are no false alarms.
 */
final class PoolerProbe {

    private static final String SETTING = "headrace.probe";
    private static final int LOOKS = 8;

    private PoolerProbe() {}

    /** True if sessions are shared. */
    static Mono<Boolean> finds(Connection first, Connection second) {
        String mine = number();
        return set(first, mine)
                .then(set(second, number()))
                .thenMany(Flux.range(0, LOOKS).concatMap(i -> read(first)))
                .any(value -> !value.equals(mine));
    }

    private static String number() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    private static Mono<Void> set(Connection connection, String value) {
        return Sessions.set(connection, "SET " + SETTING + " = '" + value + "'");
    }

    private static Mono<String> read(Connection connection) {
        return new SqlChannel(connection)
                .rows(
                        "SELECT coalesce(current_setting('" + SETTING + "', true), '')",
                        statement -> statement,
                        (Readable row) -> Columns.text(row, "coalesce"))
                .map(rows -> rows.get(0));
    }
}
