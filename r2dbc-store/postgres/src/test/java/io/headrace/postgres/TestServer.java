package io.headrace.postgres;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The servers that the tests run against: the one that {@code HEADRACE_TEST_URL} names, else PostgreSQL 18 and 15, in
 * containers where a Docker engine answers and embedded where none does. Started once for all tests of a run.
 */
public record TestServer(String name, String host, int port, String database, String user, String password) {

    private static final String URL_VARIABLE = "HEADRACE_TEST_URL";
    private static final Path BINARIES_OF_15 = Path.of("target", "postgres-15", "binaries.jar");

    /** Holds the newest once it runs. */
    private static final class Newest {
        private static final TestServer SERVER = start();

        private static TestServer start() {
            String url = System.getenv(URL_VARIABLE);
            if (url != null && !url.isBlank()) {
                return named(url);
            }
            return inContainers() ? container("18") : embedded("18", EmbeddedPostgres.builder());
        }
    }

    /** Holds all of them once they run. */
    private static final class All {
        private static final List<TestServer> SERVERS = start();

        private static List<TestServer> start() {
            return newest().name().equals(URL_VARIABLE) ? List.of(newest()) : List.of(newest(), oldest());
        }

        private static TestServer oldest() {
            return inContainers()
                    ? container("15")
                    : embedded(
                            "15", EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> archiveOf15()));
        }
    }

    private static boolean inContainers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    public static List<TestServer> all() {
        return All.SERVERS;
    }

    /** The newest there is, for tests that need only one. */
    public static TestServer newest() {
        return Newest.SERVER;
    }

    private static TestServer named(String url) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(url);
        Object port = options.getValue(ConnectionFactoryOptions.PORT);
        Object password = options.getValue(ConnectionFactoryOptions.PASSWORD);
        return new TestServer(
                URL_VARIABLE,
                options.getRequiredValue(ConnectionFactoryOptions.HOST).toString(),
                port == null ? 5432 : (Integer) port,
                options.getRequiredValue(ConnectionFactoryOptions.DATABASE).toString(),
                options.getRequiredValue(ConnectionFactoryOptions.USER).toString(),
                password == null ? "" : password.toString());
    }

    @SuppressWarnings("resource") // stopped by Testcontainers when this process ends
    private static TestServer container(String version) {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + version);
        container.start();
        return new TestServer(
                "PostgreSQL " + version,
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    private static TestServer embedded(String version, EmbeddedPostgres.Builder builder) {
        try {
            EmbeddedPostgres server = builder.setServerConfig("max_connections", "200")
                    .setServerConfig("max_wal_size", "4GB")
                    .setServerConfig("checkpoint_timeout", "1h")
                    .start();
            return new TestServer("PostgreSQL " + version, "localhost", server.getPort(), "postgres", "postgres", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream archiveOf15() throws IOException {
        try (ZipFile jar = new ZipFile(BINARIES_OF_15.toFile())) {
            ZipEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException("no .txz in " + BINARIES_OF_15));
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }

    public PostgresqlConnectionFactory connectionFactory() {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(host)
                .port(port)
                .database(database)
                .username(user)
                .password(password)
                .build());
    }

    /** The same server with a fresh database, in which no other test keeps a transaction open. */
    TestServer withDatabase(String fresh) throws SQLException {
        drop(fresh);
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + fresh);
        }
        return new TestServer(name, host, port, fresh, user, password);
    }

    /** Drops such a database, and ends its sessions. */
    void drop(String fresh) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + fresh + " WITH (FORCE)");
        }
    }

    /** The same server as clients see it that are led to it by a proxy. */
    public TestServer behind(FreezingProxy proxy) {
        return new TestServer(name + " behind a proxy", "127.0.0.1", proxy.port(), database, user, password);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public Connection jdbc() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    @Override
    public String toString() {
        return name;
    }
}
