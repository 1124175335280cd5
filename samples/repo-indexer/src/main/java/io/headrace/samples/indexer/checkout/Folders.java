package io.headrace.samples.indexer.checkout;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders that are there whole or not at all. Blocks. */
final class Folders {

    private Folders() {}

    /**
     * Puts a folder in its place at once. If somebody has put the same there meanwhile, theirs stays.
     *
     * @throws IOException if neither is there afterwards
     */
    static void publish(Path whole, Path place) throws IOException {
        Files.createDirectories(place.getParent());
        try {
            Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    /** Deletes a folder with all that is in it, if it is there; links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(inner);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
