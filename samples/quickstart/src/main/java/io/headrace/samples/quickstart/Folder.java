package io.headrace.samples.quickstart;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of a folder and of the folders in it. Symbolic links are not followed.
 *
 * @param root the folder, absolute and real
 * @param files absolute, in the order of the file system
 * @param unreadable what could not be looked into
 */
record Folder(Path root, List<Path> files, List<Path> unreadable) {

    /** What is made from the rest, and would be most of it. */
    private static final Set<String> LEFT_OUT = Set.of(".git", "target");

    /** @throws IOException if the folder is gone */
    static Folder read(Path folder) throws IOException {
        Path root = folder.toRealPath();
        Walk walk = new Walk(root);
        Files.walkFileTree(root, walk);
        return new Folder(root, List.copyOf(walk.files), List.copyOf(walk.unreadable));
    }

    /** A path as people read it: from the folder on. */
    String name(Path file) {
        return OneLine.of(root.relativize(file).toString());
    }

    /** Goes on, whatever it cannot look into. */
    static final class Walk extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<Path> unreadable = new ArrayList<>();

        Walk(Path root) {
            this.root = root;
        }

        List<Path> unreadable() {
            return unreadable;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return isLeftOut(inner) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A pipe or a device would be read for ever.
            if (attributes.isRegularFile()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            unreadable.add(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) {
            if (e != null) {
                unreadable.add(inner);
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isLeftOut(Path inner) {
            Path name = inner.getFileName();
            return name != null && !inner.equals(root) && LEFT_OUT.contains(name.toString());
        }
    }
}
