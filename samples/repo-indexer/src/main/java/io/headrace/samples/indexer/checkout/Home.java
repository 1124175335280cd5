package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.IndexerProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The service's folder, which one process has at a time. Temporary folders that a killed one has left are cleared when the next
 * one takes it. Thread-safe; its methods block.
 */
@Component
public final class Home implements AutoCloseable {

    private static final String TREES = "trees";
    private static final String TEMPORARY = "temporary";

    private final Path folder;
    private final FileChannel lock;

    /** @throws IllegalStateException if another process has it */
    Home(IndexerProperties properties) throws IOException {
        folder = properties.home().toAbsolutePath().normalize();
        Files.createDirectories(folder.resolve(TREES));
        lock = lock(folder);
        Folders.delete(folder.resolve(TEMPORARY));
        Files.createDirectories(folder.resolve(TEMPORARY));
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException("another process works in " + folder
                    + ". Stop it, or give this one a folder of its own with --indexer.home=…");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    /** For whatever else the service keeps. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** Where the trees of a repository are, named for their commits. */
    Path trees(UUID repository) {
        return folder.resolve(TREES).resolve(repository.toString());
    }

    /** A new folder that is cleared at the next start, if not before. */
    Path temporary() throws IOException {
        return Files.createTempDirectory(folder.resolve(TEMPORARY), "");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
