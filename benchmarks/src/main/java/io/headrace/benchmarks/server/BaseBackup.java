package io.headrace.benchmarks.server;

import io.r2dbc.spi.Connection;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What {@code pg_basebackup} does, which is not among the embedded binaries: copies the data folder of a running server
 * between {@code pg_backup_start} and {@code pg_backup_stop}. The log is left out: a standby streams it.
 */
final class BaseBackup {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Folders whose contents a copy has to make anew. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    /** Those of the running server, and its settings as a primary. */
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "postgresql.auto.conf", "standby.signal", "epg-lock");

    private static final Path CONTROL = Path.of("global", "pg_control");

    private BaseBackup() {}

    /** Copies a server into a folder that is not there. */
    static void take(Instance from, Path to) throws IOException {
        Connection connection = from.sql().open("SELECT pg_backup_start('standby', true)");
        try {
            copy(from.data(), to);
            // Last, so that it is no older than anything else in the copy.
            Files.copy(from.data().resolve(CONTROL), to.resolve(CONTROL));
            String label = Mono.from(connection
                            .createStatement("SELECT labelfile FROM pg_backup_stop(false)")
                            .execute())
                    .flatMapMany(result ->
                            Flux.from(result.map(row -> Objects.requireNonNull(row.get(0, String.class)))))
                    .blockLast(PATIENCE);
            Files.writeString(to.resolve("backup_label"), Objects.requireNonNull(label));
        } finally {
            Mono.from(connection.close()).block(PATIENCE);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path inside = from.relativize(folder);
                // PostgreSQL refuses a data folder that others may read.
                Files.createDirectory(
                        to.resolve(inside),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return EMPTIED.contains(inside.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path inside = from.relativize(file);
                if (!LEFT_OUT.contains(inside.toString()) && !inside.equals(CONTROL)) {
                    try {
                        Files.copy(file, to.resolve(inside), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException e) {
                        // dropped meanwhile, which the log tells the standby as well
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (error instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw error;
            }
        });
    }
}
