package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.process.Target;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the run takes place: the server, and in it a schema, and if we may make one a role for the workers. Thread-safe.
 *
 * @param sql as whoever the server's address names; it writes even while the database is read-only
 * @param role of the workers; empty if they connect as we do
 */
public record Site(Server server, Sql sql, String schema, Optional<String> role, String rolePassword)
        implements AutoCloseable {

    private static final int STANDARD_PORT = 5432;

    /** Makes schema, ledger and role. */
    static Site prepare(Server server) {
        Sql sql = new Sql(server.failoverOptions(), Map.of("default_transaction_read_only", "off"));
        String schema = "headrace_faults_" + ProcessHandle.current().pid();
        boolean may = sql.number("SELECT rolsuper::int FROM pg_roles WHERE rolname = current_user") == 1;
        Site site = new Site(
                server,
                sql,
                schema,
                may ? Optional.of(schema) : Optional.empty(),
                UUID.randomUUID().toString());
        PostgresMigrations.of(server.options()).schema(schema).migrate();
        sql.run(Ledger.creation(schema));
        site.role().ifPresent(role -> {
            sql.run("CREATE ROLE " + role + " LOGIN PASSWORD '" + site.rolePassword() + "'");
            sql.run("GRANT USAGE ON SCHEMA " + schema + ", " + schema + "_ledger TO " + role);
            sql.run("GRANT ALL ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + role);
            sql.run("GRANT ALL ON ALL TABLES IN SCHEMA " + schema + ", " + schema + "_ledger TO " + role);
        });
        return site;
    }

    /** A store of this process, which connects directly, to whichever server is the primary. */
    public PostgresJobStore openStore() {
        return PostgresJobStore.builder(ConnectionFactories.get(server.failoverOptions()))
                .schema(schema)
                .build();
    }

    /** What the tables of the standby say. */
    public Ledger standbyLedger() {
        return new Ledger(new Sql(server.standbyOptions(), Map.of()), schema);
    }

    /** Ends every connection of the workers, and of the producer if they share a role. */
    public void terminateWorkers() {
        sql.run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = "
                + role.map(name -> "'" + name + "'").orElse("current_user")
                + " AND datname = current_database() AND pid <> pg_backend_pid()");
    }

    /** The name of the database, as an identifier. */
    public String database() {
        return sql.text("SELECT quote_ident(current_database())");
    }

    String version() {
        return sql.text("SHOW server_version");
    }

    /** Where the primary is now. */
    public InetSocketAddress primary() {
        ConnectionFactoryOptions options = server.options();
        Object port = options.getValue(ConnectionFactoryOptions.PORT);
        return new InetSocketAddress(
                options.getRequiredValue(ConnectionFactoryOptions.HOST).toString(),
                port == null ? STANDARD_PORT : (Integer) port);
    }

    /** Whoever connects to it finds the primary, wherever that is. */
    Target target() {
        ConnectionFactoryOptions options = server.failoverOptions();
        String host = options.getRequiredValue(ConnectionFactoryOptions.HOST).toString();
        return new Target(
                host.contains(",") ? host : host + ":" + primary().getPort(),
                options.getRequiredValue(ConnectionFactoryOptions.DATABASE).toString(),
                role.orElseGet(() ->
                        options.getRequiredValue(ConnectionFactoryOptions.USER).toString()));
    }

    /** The workers' environment. */
    Map<String, String> secrets() {
        Object own = server.options().getValue(ConnectionFactoryOptions.PASSWORD);
        return Map.of(Target.PASSWORD, role.isPresent() ? rolePassword : Objects.toString(own, ""));
    }

    /** Leaves nothing behind in a server that is not ours. */
    @Override
    public void close() {
        if (server.isOurs()) {
            return;
        }
        sql.run("DROP SCHEMA " + schema + "_ledger CASCADE", "DROP SCHEMA " + schema + " CASCADE");
        role.ifPresent(name -> sql.run("DROP ROLE " + name));
    }
}
