package io.headrace.cli.connection;

import io.headrace.cli.end.RefusedException;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.List;

/**
 * A database to connect to.
 *
 * @param options for R2DBC, from which migrations find their way as well
 * @param ignored the parameters of the URL that mean nothing here
 */
public record Database(ConnectionFactoryOptions options, List<String> ignored) {
    private static final Option<Integer> CACHED_STATEMENTS = Option.valueOf("preparedStatementCacheQueries");

    public Database {
        ignored = List.copyOf(ignored);
    }

    /** Returns this database as it has to be used through a pooler in transaction mode. */
    public Database withoutPreparedStatements() {
        return new Database(options.mutate().option(CACHED_STATEMENTS, 0).build(), ignored);
    }

    /**
     * Returns the connection factory of the driver.
     *
     * @throws RefusedException if the driver cannot work with the options, such as an SSL mode that does not exist
     */
    public ConnectionFactory connectionFactory() {
        try {
            return ConnectionFactories.get(options);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw RefusedException.wrongArguments("The database URL cannot be used: " + e.getMessage());
        }
    }
}
