package io.headrace.samples.indexer.index;

import io.headrace.samples.indexer.checkout.WorkingTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Counts the files of a working tree, by language. Symbolic links are not followed: they may lead anywhere. */
public final class Counting extends SimpleFileVisitor<Path> {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path root;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Map<String, Count> languages = new TreeMap<>();

    private Counting(Path root) {
        this.root = root;
    }

    /**
     * What is in a tree; on {@code boundedElastic}. Errors with a {@link java.nio.file.NoSuchFileException} if the tree is
     * taken away meanwhile. Cancelling interrupts it.
     */
    public static Mono<Counted> of(WorkingTree tree) {
        return Mono.fromCallable(() -> {
                    Counting counting = new Counting(tree.folder());
                    Files.walkFileTree(tree.folder(), counting);
                    return counting.counted();
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * What was counted.
     *
     * @param sum of all languages
     * @param languages the one with the most lines first
     */
    public record Counted(Count sum, List<LanguageCount> languages) {}

    private Counted counted() {
        return new Counted(
                languages.values().stream().reduce(Count.NONE, Count::plus),
                languages.entrySet().stream()
                        .map(entry -> named(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(LanguageCount::lines)
                                .reversed()
                                .thenComparing(LanguageCount::language))
                        .toList());
    }

    private static LanguageCount named(String language, Count count) {
        return new LanguageCount(language, count.files(), count.lines(), count.bytes());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (Thread.interrupted()) {
            throw new IOException("counting " + root + " was cancelled");
        }
        return folder.equals(root.resolve(".git")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            languages.merge(Languages.of(file), count(file), Count::plus);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A file with a NUL in its first part is not text, and has no lines. */
    private Count count(Path file) throws IOException {
        long bytes = 0;
        long lines = 0;
        boolean text = true;
        byte last = '\n';
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                text = text && (bytes > 0 || !has((byte) 0, read));
                lines += occurrences((byte) '\n', read);
                bytes += read;
                last = buffer[read - 1];
            }
        }
        return new Count(1, text ? lines + (last == '\n' ? 0 : 1) : 0, bytes);
    }

    private boolean has(byte wanted, int length) {
        return occurrences(wanted, length) > 0;
    }

    private long occurrences(byte wanted, int length) {
        long found = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == wanted) {
                found++;
            }
        }
        return found;
    }
}
