package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a measuring run leaves behind: {@code results.json}, {@code metrics.csv}, the numbers of each table
 * and of each plot with its picture, and {@code report.html} with everything in it.
 */
public record Report(Results results, List<Plot> plots) {

    /** The report of a run. */
    public static Report of(Results measured, List<Grid> grids, List<Plot> plots) {
        Map<String, String> titles = new LinkedHashMap<>();
        plots.forEach(plot -> titles.put(plot.name(), plot.title()));
        Results results = new Results(
                measured.scenario(), measured.settings(), measured.environment(), measured.metrics(), grids, titles);
        return new Report(results, plots);
    }

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
        files.add(METRICS, Csv.of(new Bars("metrics", "", results.metrics(), false).rows()));
        for (Grid grid : results.grids()) {
            files.add(grid.name() + ".csv", Csv.of(grid.rows()));
        }
        Map<String, byte[]> titled = new LinkedHashMap<>();
        for (Plot plot : plots) {
            files.add(plot.name() + ".csv", Csv.of(plot.rows()));
            byte[] picture = pictures.get(plot);
            if (picture != null) {
                files.add(plot.name() + Plot.PICTURE, picture);
                titled.put(plot.title(), picture);
            }
        }
        HtmlPage page = new HtmlPage("Headrace benchmarks: " + results.scenario());
        page.results(results, titled);
        page.facts("Environment", results.environment());
        files.add(PAGE, page.text().getBytes(UTF_8));
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
}
