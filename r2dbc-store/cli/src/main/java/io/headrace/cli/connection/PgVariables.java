package io.headrace.cli.connection;

import io.headrace.cli.end.RefusedException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that psql reads, for what no URL says. */
public final class PgVariables {

    private static final List<String> NAMING = List.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER");

    private final Map<String, String> environment;

    public PgVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether any of them says which database is meant. */
    public boolean nameADatabase() {
        return NAMING.stream().anyMatch(name -> value(name) != null);
    }

    /** The database that they name; what they leave out is as in psql. */
    public Database database() {
        String host = or("PGHOST", "localhost");
        if (host.startsWith("/")) {
            throw RefusedException.wrongArguments(
                    "PGHOST is the folder of a Unix socket, '" + host + "'. Set it to a host name, such as localhost");
        }
        String port = value("PGPORT");
        Target target = new Target();
        target.hosts(port == null || host.contains(",") ? host : host + ":" + HostPort.port(port));
        target.user(user());
        target.database(databaseOr(user()));
        password(target);
        parameter(target, "PGSSLMODE", "sslmode");
        parameter(target, "PGSSLROOTCERT", "sslrootcert");
        parameter(target, "PGAPPNAME", "application_name");
        return target.build();
    }

    String user() {
        return or("PGUSER", System.getProperty("user.name", "postgres"));
    }

    String databaseOr(String other) {
        return or("PGDATABASE", other);
    }

    void password(Target target) {
        String secret = value("PGPASSWORD");
        if (secret != null) {
            target.password(secret);
        }
    }

    /** The password; {@code null} if there is none. */
    @Nullable
    String password() {
        return value("PGPASSWORD");
    }

    private void parameter(Target target, String variable, String name) {
        String value = value(variable);
        if (value != null) {
            target.parameter(name, value);
        }
    }

    private String or(String name, String other) {
        String value = value(name);
        return value == null ? other : value;
    }

    private @Nullable String value(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
