package io.headrace.benchmarks.process;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.Objects;

/**
 * Who connects to what.
 *
 * @param hosts with their ports, separated by commas; the primary is looked for among several
 */
public record Target(String hosts, String database, String user) {

    /** The environment variable with the password. */
    public static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    /** The same database of the same user elsewhere. */
    public Target at(String others) {
        return new Target(others, database, user);
    }

    private boolean isFailover() {
        return hosts.contains(",");
    }

    /** How this process connects, with the password from its environment. */
    public ConnectionFactoryOptions options() {
        ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, Objects.requireNonNullElse(System.getenv(PASSWORD), ""));
        if (isFailover()) {
            return options.option(ConnectionFactoryOptions.PROTOCOL, "failover")
                    .option(ConnectionFactoryOptions.HOST, hosts)
                    .option(Option.valueOf("targetServerType"), "primary")
                    .build();
        }
        int colon = hosts.lastIndexOf(':');
        return options.option(ConnectionFactoryOptions.HOST, hosts.substring(0, colon))
                .option(ConnectionFactoryOptions.PORT, Integer.parseInt(hosts.substring(colon + 1)))
                .build();
    }
}
