package io.headrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind, as {@code results.json}.
 *
 * @param scenario its name
 * @param settings what it was run with
 * @param environment where it was run
 * @param metrics what it measured, by name
 */
public record Results(
        String scenario, Map<String, String> settings, Map<String, String> environment, Map<String, Metric> metrics) {

    private static final String FILE = "results.json";

    /**
     * Writes the file, making the folder if need be. The file is there whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path whole = folder.resolve(FILE);
        Path part = Files.createTempFile(folder, FILE, ".part");
        try {
            JsonMapper json = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Files.writeString(part, json.writeValueAsString(this) + "\n");
            return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
