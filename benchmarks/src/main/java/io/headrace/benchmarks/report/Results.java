package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
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

    static final String FILE = "results.json";

    /**
     * Writes the file, making the folder if need be. The file is there whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public Path write(Path folder) throws IOException {
        WholeFiles files = new WholeFiles();
        files.add(FILE, json());
        files.write(folder);
        return folder.resolve(FILE);
    }

    byte[] json() {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return (json.writeValueAsString(this) + "\n").getBytes(UTF_8);
    }
}
