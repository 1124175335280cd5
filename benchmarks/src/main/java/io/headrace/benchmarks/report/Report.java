package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that a measuring run leaves behind: {@code results.json}, {@code metrics.csv}, the numbers of each table
 * and of each plot with its picture, and {@code report.html} with everything in it.
 */
public record Report(Results results, List<Grid> grids, List<Plot> plots) {

    static final String PAGE = "report.html";
    private static final String METRICS = "metrics.csv";

    /**
     * Writes the files, making the folder if need be; each is there whole or not at all.
     *
     * @return the page
     * @throws IOException if they cannot be written
     */
    public Path write(Path folder) throws IOException {
        Map<Plot, byte[]> pictures = pictures();
        WholeFiles files = new WholeFiles();
        files.add(Results.FILE, results.json());
        files.add(METRICS, csv(new Bars("metrics", "", results.metrics(), false).rows()));
        for (Grid grid : grids) {
            files.add(grid.name() + ".csv", csv(grid.rows()));
        }
        for (Plot plot : plots) {
            files.add(plot.name() + ".csv", csv(plot.rows()));
        }
        pictures.forEach((plot, picture) -> files.add(plot.name() + ".png", picture));
        files.add(PAGE, new HtmlPage(results, grids, pictures).text().getBytes(UTF_8));
        files.write(folder);
        return folder.resolve(PAGE);
    }

    /** None where they cannot be drawn: a JVM without fonts must not cost the numbers. */
    private Map<Plot, byte[]> pictures() {
        Map<Plot, byte[]> pictures = new LinkedHashMap<>();
        try {
            for (Plot plot : plots) {
                pictures.put(plot, plot.png());
            }
        } catch (LinkageError | InternalError e) {
            pictures.clear();
        }
        return pictures;
    }

    private static byte[] csv(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(row.stream().map(Report::cell).collect(Collectors.joining(",")));
        }
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
