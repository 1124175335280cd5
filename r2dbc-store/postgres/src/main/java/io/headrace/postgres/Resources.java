package io.headrace.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The {@code .sql} files beside this class. */
final class Resources {

    private Resources() {}

    /** A file's text, for one schema. */
    static String text(String path, SchemaName schema) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", schema.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A statement without its comments, which would travel with every parse. */
    static String statement(String folder, String name, SchemaName schema) {
        return text(folder + "/" + name + ".sql", schema)
                .lines()
                .map(line -> line.replaceFirst("--.*", "").strip())
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }
}
