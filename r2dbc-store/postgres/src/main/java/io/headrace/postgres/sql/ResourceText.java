package io.headrace.postgres.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text of a file on the class path. */
public final class ResourceText {

    private ResourceText() {}

    /**
     * Reads a file.
     *
     * @param path absolute, such as {@code /io/headrace/postgres/migration/V1__core.sql}
     * @throws IllegalStateException if it is not there
     */
    public static String of(String path) {
        try (InputStream in = ResourceText.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
