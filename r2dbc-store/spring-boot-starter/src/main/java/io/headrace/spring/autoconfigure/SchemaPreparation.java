package io.headrace.spring.autoconfigure;

import io.headrace.InvalidSettingException;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.spring.HeadraceSetupException;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.r2dbc.OptionsCapableConnectionFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/** Brings the schema to where the store can work with it, before anybody uses the store. Blocks. */
final class SchemaPreparation {

    private final HeadraceProperties properties;
    private final ConnectionFactory factory;
    private final @Nullable R2dbcConnectionDetails details;

    SchemaPreparation(
            HeadraceProperties properties, ConnectionFactory factory, @Nullable R2dbcConnectionDetails details) {
        this.properties = properties;
        this.factory = factory;
        this.details = details;
    }

    /** @throws io.headrace.StoreException if the database cannot be reached, or the schema is not one to work with */
    void prepare(PostgresJobStore store) {
        if (properties.migrate() == Migrate.ON_START) {
            migrations().schema(properties.store().schema()).migrate();
        }
        if (properties.migrate() != Migrate.OFF) {
            store.checkSchema().block();
        }
    }

    private PostgresMigrations migrations() {
        MigrationProperties given = properties.migration();
        ConnectionFactoryOptions options = options();
        String url = given.url();
        PostgresMigrations migrations = url == null ? derived(options) : PostgresMigrations.of(url, "", "");
        String user = given.username() == null ? text(options, ConnectionFactoryOptions.USER) : given.username();
        String password =
                given.password() == null ? text(options, ConnectionFactoryOptions.PASSWORD) : given.password();
        return migrations.user(user, password);
    }

    private static PostgresMigrations derived(@Nullable ConnectionFactoryOptions options) {
        if (options == null) {
            throw unknown("the ConnectionFactory bean does not expose its connection options", null);
        }
        try {
            return PostgresMigrations.of(options);
        } catch (InvalidSettingException e) {
            throw unknown("the R2DBC connection has no " + e.setting(), e);
        }
    }

    /** What the application's connection was made of, if Spring Boot made it or knows of it. */
    private @Nullable ConnectionFactoryOptions options() {
        OptionsCapableConnectionFactory capable = OptionsCapableConnectionFactory.unwrapFrom(factory);
        if (capable != null) {
            return capable.getOptions();
        }
        return details == null ? null : details.getConnectionFactoryOptions();
    }

    private static String text(@Nullable ConnectionFactoryOptions options, Option<?> option) {
        Object value = options == null ? null : options.getValue(option);
        return value == null ? "" : value.toString();
    }

    private static HeadraceSetupException unknown(String why, @Nullable Throwable cause) {
        return new HeadraceSetupException(
                "Headrace migrates its schema at startup over JDBC, but cannot determine the JDBC URL: " + why + ".",
                "Set headrace.migration.url to jdbc:postgresql://host:port/database, with headrace.migration.username and"
                        + " headrace.migration.password; or migrate at deployment and set headrace.migrate=validate.",
                cause);
    }
}
