package io.headrace.samples.indexer.database;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL whose data outlive it. It waits for its disk, as one in production does. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The library switches off that a commit waits for the disk. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on");

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts it on the data that are there, or on none; blocks for some seconds. A server that a killed process has left
     * running on them is stopped first.
     *
     * @param home a folder that no other process uses
     * @throws IOException if it cannot be started
     */
    static EmbeddedDatabase start(Path home) throws IOException {
        Path data = home.resolve("data");
        Files.createDirectories(home);
        LeftServer.stop(data, PATIENCE);
        // Where the library puts the binaries; it has a setting too, but makes this folder all the same.
        System.setProperty("ot.epg.working-dir", home.resolve("binaries").toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE)
                .setLocaleConfig("locale", "C")
                .setRegisterShutdownHook(false);
        SETTINGS.forEach(builder::setServerConfig);
        return new EmbeddedDatabase(builder.start());
    }

    /** How to reach it over R2DBC. */
    ConnectionFactoryOptions options() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, "localhost")
                .option(ConnectionFactoryOptions.PORT, postgres.getPort())
                .option(ConnectionFactoryOptions.USER, "postgres")
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
