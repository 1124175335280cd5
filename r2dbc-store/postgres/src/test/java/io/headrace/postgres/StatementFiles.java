package io.headrace.postgres;

import io.headrace.postgres.sql.StatementFolder;
import io.headrace.postgres.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that the store's statements are in. */
final class StatementFiles {

    private static final String PART = "part/";

    private StatementFiles() {}

    /** The names of the statements, by room and file. */
    static List<String> statements() {
        return all().stream().filter(name -> !name.startsWith(PART)).toList();
    }

    /** The names of the parts, as they are included. */
    static List<String> parts() {
        return all().stream()
                .filter(name -> name.startsWith(PART))
                .map(name -> name.substring(PART.length()))
                .toList();
    }

    /** The names of all files. */
    static List<String> all() {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".sql"))
                    .map(file -> file.replace(".sql", "").replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file says. */
    static String text(String name) {
        try {
            return Files.readString(folder().resolve(name + ".sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(
                                    StatementFolder.class.getResource(Statements.FOLDER + "/part/pending.sql"))
                            .toURI())
                    .getParent()
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
