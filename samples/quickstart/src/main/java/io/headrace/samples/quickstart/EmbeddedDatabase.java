package io.headrace.samples.quickstart;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of the sample's own, in one temporary folder, its binaries included. Neither outlives {@link #close()} nor
 * the process, should that be stopped from outside.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final AtomicBoolean SHUTTING_DOWN = new AtomicBoolean();

    private final ReentrantLock lock = new ReentrantLock();
    private final Path home;
    private @Nullable EmbeddedPostgres postgres;

    private EmbeddedDatabase(Path home) {
        this.home = home;
    }

    /**
     * Starts a server; blocks for some seconds.
     *
     * @throws IOException if it cannot be started; then nothing of it is left
     */
    static EmbeddedDatabase start() throws IOException {
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(Files.createTempDirectory("headrace-quickstart-"));
            database.startOrClose();
            return database;
        } catch (IOException | RuntimeException e) {
            throw new IOException("PostgreSQL could not be started: " + OneLine.of(e), e);
        }
    }

    private void startOrClose() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "stop-postgres"));
        try {
            launch();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void launch() throws IOException {
        lock.lock();
        try {
            if (isShuttingDown()) {
                throw new IOException("the process is being stopped");
            }
            // Where the library puts the binaries; it has a setting too, but makes this folder all the same.
            System.setProperty("ot.epg.working-dir", home.resolve("binaries").toString());
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(home.resolve("data"))
                    .setLocaleConfig("locale", "C")
                    .setRegisterShutdownHook(false)
                    .start();
        } finally {
            lock.unlock();
        }
    }

    /** How to reach it over R2DBC. */
    ConnectionFactoryOptions options() {
        EmbeddedPostgres started = postgres;
        if (started == null) {
            throw new IllegalStateException("the database is closed");
        }
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, "localhost")
                .option(ConnectionFactoryOptions.PORT, started.getPort())
                .option(ConnectionFactoryOptions.USER, "postgres")
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
    }

    /** The folder that holds all of it. */
    Path home() {
        return home;
    }

    /** Whether the process is being stopped from outside, and the database with it. */
    static boolean isShuttingDown() {
        return SHUTTING_DOWN.get();
    }

    private void shutDown() {
        SHUTTING_DOWN.set(true);
        close();
    }

    /** Stops the server and deletes its folder; waits for a start that is under way. Safe to call twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (postgres != null) {
                postgres.close();
                postgres = null;
            }
            delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped, see " + home, e);
        } finally {
            lock.unlock();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
