package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.postgres.sql.ResourceText;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaVersion;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and changes Headrace's schema, by Flyway over JDBC: the only JDBC there is, and only while it migrates. It has a
 * history table of its own, {@code headrace_migration} in the same schema, and does not touch the app's.
 *
 * <p>Who runs SQL by hand takes {@link #plainSql(String)} instead, or on the command line
 * {@code java -cp … io.headrace.postgres.PostgresMigrations [schema]}.
 *
 * <p>Immutable; {@link #migrate()} blocks.
 */
public final class PostgresMigrations {

    private static final Logger log = LoggerFactory.getLogger(PostgresMigrations.class);

    private static final String LOCATION = "classpath:io/headrace/postgres/migration";
    private static final String HISTORY = "headrace_migration";

    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final SchemaName schema;

    private PostgresMigrations(String jdbcUrl, String user, String password, SchemaName schema) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.schema = schema;
    }

    /**
     * For the database at a JDBC URL, {@code jdbc:postgresql://host:port/database}, and the schema {@code headrace}.
     *
     * @param user may be empty if the URL names one
     * @param password may be empty if none is needed
     */
    public static PostgresMigrations of(String jdbcUrl, String user, String password) {
        return new PostgresMigrations(jdbcUrl, user, password, SchemaName.DEFAULT);
    }

    /**
     * For the database that a {@code ConnectionFactory} would connect to, by the same options: host, port, database, user,
     * password, and those of TLS that JDBC knows as well.
     *
     * @throws InvalidSettingException if host, database or user are not among them
     */
    public static PostgresMigrations of(ConnectionFactoryOptions options) {
        Object user = options.getValue(ConnectionFactoryOptions.USER);
        if (user == null) {
            throw new InvalidSettingException("user", "is not among the connection options");
        }
        Object password = options.getValue(ConnectionFactoryOptions.PASSWORD);
        return of(JdbcUrl.of(options), user.toString(), password == null ? "" : password.toString());
    }

    /** The same by another user, such as one who may make tables where the application's may not. */
    public PostgresMigrations user(String name, String secret) {
        return new PostgresMigrations(jdbcUrl, name, secret, schema);
    }

    /**
     * The same for another schema.
     *
     * @throws InvalidSettingException if it is not 1 to 63 of a-z, 0-9 and _
     */
    public PostgresMigrations schema(String name) {
        return new PostgresMigrations(jdbcUrl, user, password, new SchemaName(name));
    }

    /**
     * Brings the schema up to date, making it if need be. Blocks; safe to call from several processes at once.
     *
     * @throws StoreException if the database cannot be reached or refuses one; each migration is whole or not at all
     */
    public void migrate() {
        try {
            MigrateResult result = configuration().load().migrate();
            log.info(
                    "schema '{}': {} migrations run, now at version {}",
                    schema.text(),
                    result.migrationsExecuted,
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            throw new StoreException("migrating schema '" + schema.text() + "' failed: " + reason(e), false, null, e);
        }
    }

    private FluentConfiguration configuration() {
        return Flyway.configure(PostgresMigrations.class.getClassLoader())
                .dataSource(jdbcUrl, user.isEmpty() ? null : user, password.isEmpty() ? null : password)
                // Each statement runs once; behind a pooler in transaction mode a prepared one is elsewhere a moment
                // later.
                .jdbcProperties(Map.of("prepareThreshold", "0"))
                .locations(LOCATION)
                .defaultSchema(schema.text())
                .schemas(schema.text())
                .createSchemas(true)
                .table(HISTORY)
                .placeholders(Map.of("schema", schema.text()))
                .baselineVersion(MigrationVersion.fromVersion("0"))
                .validateMigrationNaming(true)
                .loggers("slf4j");
    }

    /** What Flyway says, and what the database said to it where Flyway does not repeat it. */
    private static String reason(FlywayException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String flyways = firstLine(e);
        String databases = firstLine(root);
        return flyways.contains(databases) ? flyways : flyways + " (" + databases + ")";
    }

    private static String firstLine(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(e.toString());
    }

    /**
     * All that {@link #migrate()} would run on an empty database, as plain SQL in one transaction.
     *
     * @throws InvalidSettingException if the schema is not 1 to 63 of a-z, 0-9 and _
     */
    public static String plainSql(String schema) {
        SchemaName name = new SchemaName(schema);
        StringBuilder sql = new StringBuilder("BEGIN;\nCREATE SCHEMA IF NOT EXISTS " + name.text() + ";\n");
        for (String script : SchemaVersion.MIGRATIONS) {
            sql.append('\n').append(migration(script, name));
        }
        return sql.append("\nCOMMIT;\n").toString();
    }

    private static String migration(String script, SchemaName schema) {
        return ResourceText.of("/io/headrace/postgres/migration/" + script + ".sql")
                .replace("${schema}", schema.text());
    }

    /** Prints {@link #plainSql(String)} for the schema named, {@code headrace} by default. */
    public static void main(String[] args) {
        System.out.print(plainSql(args.length == 0 ? SchemaName.DEFAULT.text() : args[0]));
    }
}
