package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind, as {@code results.json}.
 *
 * @param scenario its name
 * @param settings what it was run with
 * @param environment where it was run
 * @param metrics what it measured, by name
 * @param grids tables of them
 * @param plots the titles of the plots, by the names of their files
 */
public record Results(
        String scenario,
        Map<String, String> settings,
        Map<String, String> environment,
        Map<String, Metric> metrics,
        List<Grid> grids,
        Map<String, String> plots) {

    static final String FILE = "results.json";

    /** Without tables and plots. */
    public Results(
            String scenario,
            Map<String, String> settings,
            Map<String, String> environment,
            Map<String, Metric> metrics) {
        this(scenario, settings, environment, metrics, List.of(), Map.of());
    }

    /** Those that a run has left in a folder; empty if it has left none. */
    public static Optional<Results> read(Path folder) {
        File file = folder.resolve(FILE).toFile();
        return file.exists() ? Optional.of(JsonMapper.shared().readValue(file, Results.class)) : Optional.empty();
    }

    /** The pictures that are in the folder as well, by their titles. */
    public Map<String, byte[]> pictures(Path folder) throws IOException {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (Map.Entry<String, String> plot : plots.entrySet()) {
            Path picture = folder.resolve(plot.getKey() + Plot.PICTURE);
            if (Files.exists(picture)) {
                pictures.put(plot.getValue(), Files.readAllBytes(picture));
            }
        }
        return pictures;
    }

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
