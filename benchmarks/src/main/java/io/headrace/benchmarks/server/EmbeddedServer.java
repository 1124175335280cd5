package io.headrace.benchmarks.server;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own, in one temporary folder, its binaries included, that waits for its disk as a real one does; with
 * a standby, if one is added. None of it outlives {@link #close()} or the process, should that be stopped from outside.
 * Thread-safe.
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
    private final Path binaries;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Pair servers;

    /** Two places: who is in which changes with each failover. */
    private record Pair(Instance primary, Instance standby) {

        Pair swapped() {
            return new Pair(standby, primary);
        }
    }

    private EmbeddedServer(Path home) {
        this.home = home;
        this.binaries = home.resolve("binaries");
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
            Path data = home.resolve("data");
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    // The library unpacks the binaries once for each resolver, and another server's folder is not ours.
                    .setPgBinaryResolver(new OwnBinaries())
                    .setLocaleConfig("locale", "C")
                    .setRegisterShutdownHook(false);
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres started = builder.start();
            postgres = started;
            servers = new Pair(
                    new Instance(binaries, data, started.getPort(), home),
                    new Instance(binaries, home.resolve("data-2"), freePort(), home));
        } finally {
            lock.unlock();
        }
    }

    /** Finds what the library's own finds. */
    private static final class OwnBinaries implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Pair servers() {
        lock.lock();
        try {
            if (servers == null) {
                throw new IllegalStateException("the server is closed");
            }
            return servers;
        } finally {
            lock.unlock();
        }
    }

    /** Who is it now. */
    Instance primary() {
        return servers().primary();
    }

    @Override
    public ConnectionFactoryOptions options() {
        return primary().options();
    }

    @Override
    public ConnectionFactoryOptions failoverOptions() {
        Pair now = servers();
        return ConnectionFactoryOptions.builder()
                .from(now.primary().options(), option -> !option.equals(ConnectionFactoryOptions.PORT))
                .option(ConnectionFactoryOptions.PROTOCOL, "failover")
                .option(
                        ConnectionFactoryOptions.HOST,
                        "localhost:" + now.primary().port() + ",localhost:"
                                + now.standby().port())
                .option(Option.valueOf("targetServerType"), "primary")
                .build();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void stop(String mode) {
        primary().stop(mode);
    }

    @Override
    public void start() {
        lock.lock();
        try {
            primary().start(SETTINGS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void addStandby() {
        lock.lock();
        try {
            Pair now = servers();
            delete(now.standby().data());
            Standby.start(now.primary(), now.standby(), SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException("no standby could be made", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ConnectionFactoryOptions standbyOptions() {
        return servers().standby().options();
    }

    @Override
    public String promote() {
        lock.lock();
        try {
            Pair swapped = servers().swapped();
            servers = swapped;
            return Standby.promote(swapped.primary());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void removeStandby() {
        lock.lock();
        try {
            if (servers().standby().isRunning()) {
                Standby.remove(servers().primary(), servers().standby());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops the servers and deletes their folder. Safe to call twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (servers != null) {
                Stream.of(servers.standby(), servers.primary())
                        .filter(Instance::isRunning)
                        .forEach(EmbeddedServer::stopAtOnce);
                servers = null;
            }
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

    private static void stopAtOnce(Instance instance) {
        try {
            instance.stop("immediate");
        } catch (IllegalStateException e) {
            // it was down, and had left its pid file behind
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
