package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * How the schema is migrated: over JDBC, by what is known of the R2DBC connection, unless it is said here.
 *
 * @param url The JDBC URL, jdbc:postgresql://host:port/database; by default that of the R2DBC connection.
 * @param username Who makes and owns the tables; by default the user of the R2DBC connection.
 * @param password The password; by default that of the R2DBC connection.
 */
public record MigrationProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "MigrationProperties[url=" + url + ", username=" + username + "]";
    }
}
