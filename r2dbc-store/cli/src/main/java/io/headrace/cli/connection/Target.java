package io.headrace.cli.connection;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects where to connect to, in the words of libpq and JDBC, and says it in those of the R2DBC driver. Not thread-safe. */
final class Target {

    /** What the driver calls the parameters that are passed on. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "sslmode", "sslMode",
            "sslrootcert", "sslRootCert",
            "sslcert", "sslCert",
            "sslkey", "sslKey",
            "sslpassword", "sslPassword",
            "targetServerType", "targetServerType",
            "ApplicationName", "applicationName",
            "application_name", "applicationName");

    private static final String NAME = "headrace";

    private ConnectionFactoryOptions.Builder options =
            ConnectionFactoryOptions.builder().option(ConnectionFactoryOptions.DRIVER, "postgresql");
    private final List<String> ignored = new ArrayList<>();

    /** Of several hosts, as in {@code one:5432,two}, the driver tries each. */
    void hosts(String hosts) {
        if (hosts.contains(",")) {
            options = options.option(ConnectionFactoryOptions.PROTOCOL, "failover")
                    .option(ConnectionFactoryOptions.HOST, hosts);
        } else {
            HostPort one = HostPort.of(hosts);
            options = options.option(ConnectionFactoryOptions.HOST, one.host());
            if (one.port() > 0) {
                options = options.option(ConnectionFactoryOptions.PORT, one.port());
            }
        }
    }

    void database(String name) {
        options = options.option(ConnectionFactoryOptions.DATABASE, name);
    }

    void user(String name) {
        options = options.option(ConnectionFactoryOptions.USER, name);
    }

    void password(String secret) {
        options = options.option(ConnectionFactoryOptions.PASSWORD, secret);
    }

    void parameter(String name, String value) {
        String known = PARAMETERS.get(name);
        if (known != null) {
            options = options.option(Option.valueOf(known), value);
        } else if (name.equals("ssl")) {
            options = options.option(ConnectionFactoryOptions.SSL, !value.equals("false"));
        } else {
            ignored.add(name);
        }
    }

    Database build() {
        return named(options.build(), ignored);
    }

    /** Sessions say whose they are, unless the URL says something else. */
    static Database named(ConnectionFactoryOptions options, List<String> ignored) {
        Option<String> name = Option.valueOf("applicationName");
        return new Database(
                options.hasOption(name)
                        ? options
                        : options.mutate().option(name, NAME).build(),
                ignored);
    }
}
