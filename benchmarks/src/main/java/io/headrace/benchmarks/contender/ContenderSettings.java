package io.headrace.benchmarks.contender;

import io.r2dbc.spi.ConnectionFactoryOptions;

/**
 * What a contender is given.
 *
 * @param database empty, and its own
 * @param payloadBytes how long the JSON of a payload is
 * @param concurrency how many jobs may run at a time, for those that need no thread for each; others take what their
 *     documentation names
 */
public record ContenderSettings(
        String host, int port, String database, String user, String password, int payloadBytes, int concurrency) {

    /** The same for another database. */
    public ContenderSettings in(String other) {
        return new ContenderSettings(host, port, other, user, password, payloadBytes, concurrency);
    }

    /** How r2dbc-postgresql reaches the database. */
    public ConnectionFactoryOptions options() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, host)
                .option(ConnectionFactoryOptions.PORT, port)
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, password)
                .build();
    }
}
