package io.headrace.benchmarks.server;

import io.headrace.benchmarks.UsageException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server of the tests that look at no figure and break nothing: it does not wait for its disk. There is one per process,
 * which stops with it.
 */
public final class BriskServer {

    private static final Path BINARIES = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

    private static final EmbeddedPostgres POSTGRES = start();

    private BriskServer() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(BINARIES.toFile())
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("checkpoint_timeout", "1h")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the option {@code --url}. */
    public static String url() {
        return "r2dbc:postgresql://postgres@localhost:" + POSTGRES.getPort() + "/postgres";
    }

    /** Whoever closes it leaves it running. */
    public static Server open() throws UsageException, IOException {
        return Server.open(Optional.of(url()));
    }
}
