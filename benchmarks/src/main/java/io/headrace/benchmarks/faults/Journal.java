package io.headrace.benchmarks.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** When each fault began and ended, in the form of the workers' logs and beside them. Used by one thread. */
final class Journal {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final Path file;

    Journal(Path folder) {
        this.file = folder.resolve("faults.log");
    }

    void write(String line) {
        try {
            Files.writeString(
                    file,
                    TIME.format(LocalTime.now(ZoneId.systemDefault())) + " " + line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
