package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.run.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes each archive by a first process, when it is asked for, and keeps it until the end. Used by one thread. */
final class Training implements AutoCloseable {

    private static final int JOBS = 1_000_000;
    private static final Duration LENGTH = Duration.ofSeconds(15);

    private final Map<ClassArchive, Path> made = new EnumMap<>(ClassArchive.class);

    /** The flags with which an entrant's process is started. */
    List<String> flags(Bench bench, Entrant entrant) throws Exception {
        ClassArchive archive = entrant.archive();
        if (archive == ClassArchive.NONE) {
            return List.of();
        }
        Path file = made.get(archive);
        if (file == null) {
            bench.step(entrant.name() + ", makes its archive");
            file = make(bench, entrant);
            made.put(archive, file);
        }
        return archive.flagsToUse(file);
    }

    private static Path make(Bench bench, Entrant entrant) throws Exception {
        Path file = Files.createTempDirectory("headrace-archive-")
                .resolve(entrant.archive().label());
        var unused = new FreshStart(bench, entrant, JOBS).run(entrant.archive().flagsToMake(file), LENGTH, true);
        if (Files.notExists(file)) {
            throw new IOException("the process has written no archive of its classes;"
                    + " it can only if its class path consists of jars, as that of benchmarks.jar does");
        }
        return file;
    }

    @Override
    public void close() {
        for (Path file : made.values()) {
            try (Stream<Path> files = Files.list(file.getParent())) {
                for (Path one : files.toList()) {
                    Files.delete(one);
                }
                Files.delete(file.getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
