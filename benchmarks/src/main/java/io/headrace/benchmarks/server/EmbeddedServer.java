package io.headrace.benchmarks.server;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own, in one temporary folder, its binaries included, that waits for its disk as a real one does.
 * Neither outlives {@link #close()} nor the process, should that be stopped from outside.
 */
final class EmbeddedServer implements Server {

    /** The library switches off that a commit waits for the disk, without which a crash takes what was acknowledged. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "100",
            "max_wal_size", "2GB");

    private final ReentrantLock lock = new ReentrantLock();
    private final Path home;
    private @Nullable EmbeddedPostgres postgres;

    private EmbeddedServer(Path home) {
        this.home = home;
    }

    static EmbeddedServer install() throws IOException {
        EmbeddedServer server = new EmbeddedServer(Files.createTempDirectory("headrace-benchmarks-"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
        try {
            server.launch();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IOException("PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    private void launch() throws IOException {
        lock.lock();
        try {
            System.setProperty("ot.epg.working-dir", binaries().toString());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data())
                    .setLocaleConfig("locale", "C")
                    .setRegisterShutdownHook(false);
            SETTINGS.forEach(builder::setServerConfig);
            postgres = builder.start();
        } finally {
            lock.unlock();
        }
    }

    private Path binaries() {
        return home.resolve("binaries");
    }

    private Path data() {
        return home.resolve("data");
    }

    private int port() {
        EmbeddedPostgres started = postgres;
        if (started == null) {
            throw new IllegalStateException("the server is closed");
        }
        return started.getPort();
    }

    @Override
    public ConnectionFactoryOptions options() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, "localhost")
                .option(ConnectionFactoryOptions.PORT, port())
                .option(ConnectionFactoryOptions.USER, "postgres")
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void stop(String mode) {
        control(List.of("-m", mode, "-w", "stop"));
    }

    @Override
    public void start() {
        String options = SETTINGS.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", "-p " + port() + " ", ""));
        control(List.of("-o", options, "-l", home.resolve("server.log").toString(), "-w", "start"));
    }

    /** By {@code pg_ctl}, which refuses root, hence a user namespace, as the library does it. */
    private void control(List<String> arguments) {
        try (Stream<Path> files = Files.walk(binaries())) {
            Path program = files.filter(file -> file.endsWith(Path.of("bin", "pg_ctl")))
                    .findFirst()
                    .orElseThrow();
            List<String> command = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(program.toString(), "-D", data().toString()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("control.log").toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pg_ctl " + arguments + " ended with " + process.exitValue() + ": "
                        + Files.readString(home.resolve("control.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pg_ctl was at work", e);
        }
    }

    /** Stops the server and deletes its folder. Safe to call twice. */
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
