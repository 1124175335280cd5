package io.headrace.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All pages of a repository, by their paths in it.
 *
 * @param repository the repository's folder
 * @param pages by path, relative to the repository
 */
record Library(Path repository, Map<Path, Page> pages) {

    private static final String README = "README.md";

    static Library of(Path repository) throws IOException {
        Map<Path, Page> pages = new TreeMap<>();
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean left = !folder.equals(repository)
                        && (name.startsWith(".") || name.equals("target") || name.equals("src"));
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(".md")) {
                    Path path = repository.relativize(file);
                    pages.put(path, Page.read(path, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Library(repository, pages);
    }

    /** The page at this path, which may be that of a folder with a README. */
    Optional<Page> page(Path path) {
        Page page = pages.get(path);
        return Optional.ofNullable(page == null ? pages.get(path.resolve(README)) : page);
    }

    /** Whether this is a file of the repository. */
    boolean isFile(Path path) {
        try {
            Path real = repository.resolve(path).toRealPath();
            return real.startsWith(repository) && Files.isRegularFile(real);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page whose links are the site's navigation. */
    Page index() {
        return page(Path.of("docs"))
                .or(() -> page(Path.of("")))
                .orElseThrow(() -> new IllegalArgumentException("No " + README + " in " + repository));
    }
}
