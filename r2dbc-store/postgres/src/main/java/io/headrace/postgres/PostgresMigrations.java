package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.postgres.sql.ResourceText;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaVersion;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and migrates Headrace's schema with Flyway over JDBC. JDBC is used for nothing else, and only during the
 * migration. The history table is {@code headrace_migration}, in the same schema. The application's own history table
 * is not touched.
 *
 * <p>To apply migrations yourself, print them with {@link #plainSql(String)}, or on the command line with
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
     * Creates migrations of the schema {@code headrace} in the database at a JDBC URL,
     * {@code jdbc:postgresql://host:port/database}.
     *
     * @param user the user; may be empty if the URL contains one
     * @param password the password; may be empty if none is required
     */
    public static PostgresMigrations of(String jdbcUrl, String user, String password) {
        return new PostgresMigrations(jdbcUrl, user, password, SchemaName.DEFAULT);
    }

    /**
     * Creates migrations for the database of a {@code ConnectionFactory}, from its options: host, port, database, user,
     * password, and the TLS options that JDBC also supports.
     *
     * @throws InvalidSettingException if host, database or user is missing
     */
    public static PostgresMigrations of(ConnectionFactoryOptions options) {
        Object user = options.getValue(ConnectionFactoryOptions.USER);
        if (user == null) {
            throw new InvalidSettingException("user", "is missing from the connection options");
        }
        Object password = options.getValue(ConnectionFactoryOptions.PASSWORD);
        return of(JdbcUrl.of(options), user.toString(), password == null ? "" : password.toString());
    }

    /** Returns these migrations with another user, for example one that may create tables. */
    public PostgresMigrations user(String name, String secret) {
        return new PostgresMigrations(jdbcUrl, name, secret, schema);
    }

    /**
     * Returns these migrations for another schema.
     *
     * @throws InvalidSettingException if the name does not consist of 1 to 63 characters of a-z, 0-9 and _
     */
    public PostgresMigrations schema(String name) {
        return new PostgresMigrations(jdbcUrl, user, password, new SchemaName(name));
    }

    /**
     * Migrates the schema, and creates it if necessary. Blocks. Several processes may call this concurrently.
     *
     * @throws StoreException if the database cannot be reached or rejects a migration; each migration is atomic
     */
    public void migrate() {
        try {
            MigrateResult result = configuration().load().migrate();
            log.info(
                    "Schema '{}': migrations executed: {}, current version: {}",
                    schema.text(),
                    result.migrationsExecuted,
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            throw new StoreException("migrating schema '" + schema.text() + "' failed: " + reason(e), false, null, e);
        }
    }

    /**
     * Returns the scripts that {@link #migrate()} would run now, in their order; none if the schema is up to date. Changes
     * nothing, and does not need the schema to exist. Blocks.
     *
     * @throws StoreException if the database cannot be reached
     */
    public List<String> pending() {
        try {
            return Arrays.stream(configuration().load().info().pending())
                    .map(MigrationInfo::getScript)
                    .toList();
        } catch (FlywayException e) {
            throw new StoreException(
                    "reading the migrations of schema '" + schema.text() + "' failed: " + reason(e), false, null, e);
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
     * Returns everything that {@link #migrate()} would run on an empty database, as plain SQL in one transaction.
     *
     * @throws InvalidSettingException if the name does not consist of 1 to 63 characters of a-z, 0-9 and _
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

    /** Prints {@link #plainSql(String)} for the given schema, {@code headrace} by default. */
    public static void main(String[] args) {
        System.out.print(plainSql(args.length == 0 ? SchemaName.DEFAULT.text() : args[0]));
    }
}
