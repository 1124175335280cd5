package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Settings for migrating the schema over JDBC. The defaults are those of the R2DBC connection.
 *
 * @param url JDBC URL, jdbc:postgresql://host:port/database. Derived from the R2DBC connection by default.
 * @param username User that creates and owns the tables. The user of the R2DBC connection by default.
 * @param password Password of the user. The password of the R2DBC connection by default.
 */
public record MigrationProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    /** Omits the password. */
    @Override
    public String toString() {
        return "MigrationProperties[url=" + url + ", username=" + username + "]";
    }
}
