package io.headrace.benchmarks.floor;

import io.headrace.postgres.PostgresJobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The statements that the store ships, read as it reads them. */
public final class StoreStatements {

    private StoreStatements() {}

    /** A statement by the name of its file, for one schema, without its comments. */
    public static String load(String name, String schema) {
        try (InputStream in = PostgresJobStore.class.getResourceAsStream("sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the store has no statement " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${schema}", schema)
                    .lines()
                    .map(line -> line.replaceFirst("\\s*--.*", ""))
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
