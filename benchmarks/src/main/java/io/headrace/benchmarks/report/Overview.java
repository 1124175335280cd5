package io.headrace.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several scenarios on one page: which failed, what stands out, and all that each has measured.
 *
 * @param chapters those that are over
 * @param expected how many there will be
 */
public record Overview(List<Chapter> chapters, int expected) {

    private static final String METRICS = "metrics.csv";

    public Overview {
        chapters = List.copyOf(chapters);
    }

    /** For a terminal: a line for each scenario. */
    public static List<String> lines(List<Chapter> chapters) {
        Table table = Table.endingInText();
        table.row("minutes", "expected", "scenario", "result");
        chapters.forEach(chapter -> {
            List<String> row = chapter.row();
            table.row(row.get(2), row.get(3), row.get(0), row.get(1));
        });
        return table.lines();
    }

    /**
     * Writes {@code report.html} and {@code metrics.csv}, which has the metrics of all scenarios.
     *
     * @return the page
     * @throws IOException if the results cannot be read or the files not be written
     */
    public Path write(Path folder) throws IOException {
        Map<Chapter, Results> results = new LinkedHashMap<>();
        for (Chapter chapter : chapters) {
            Results.read(chapter.folder()).ifPresent(found -> results.put(chapter, found));
        }
        WholeFiles files = new WholeFiles();
        files.add(METRICS, Csv.of(metrics(results)));
        files.add(Report.PAGE, page(results).getBytes(UTF_8));
        files.write(folder);
        return folder.resolve(Report.PAGE);
    }

    private String page(Map<Chapter, Results> results) throws IOException {
        long sound = chapters.stream().filter(Chapter::isSound).count();
        HtmlPage page = new HtmlPage("Headrace benchmarks: report");
        page.paragraph(
                sound + " of " + expected + " scenarios ran and showed what they are meant to show. Each ran once,"
                        + " so compare ratios and counts rather than rates.");
        page.links(chapters.stream().map(Chapter::name).toList());
        page.table(summary());
        page.table(headlines(results));
        results.values().stream().findFirst().ifPresent(first -> page.facts("Environment", first.environment()));
        for (Chapter chapter : chapters) {
            page.chapter(chapter.name());
            page.paragraph("java -jar benchmarks.jar " + chapter.command());
            chapter.failure().ifPresent(reason -> page.paragraph("Failed: " + reason));
            Results found = results.get(chapter);
            if (found != null) {
                page.results(found, found.pictures(chapter.folder()));
            }
        }
        return page.text();
    }

    private List<List<String>> summary() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "result", "minutes", "expected"));
        chapters.forEach(chapter -> rows.add(chapter.row()));
        return rows;
    }

    private static List<List<String>> headlines(Map<Chapter, Results> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "metric", "value", "unit"));
        results.forEach((chapter, found) -> {
            for (String name : chapter.headlines()) {
                Optional.ofNullable(found.metrics().get(name))
                        .ifPresent(metric -> rows.add(
                                List.of(chapter.name(), name, MetricTable.number(metric.median()), metric.unit())));
            }
        });
        return rows;
    }

    private static List<List<String>> metrics(Map<Chapter, Results> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "name", "median", "min", "max", "unit"));
        results.forEach((chapter, found) -> found.metrics()
                .forEach((name, metric) -> rows.add(List.of(
                        chapter.name(),
                        name,
                        Double.toString(metric.median()),
                        Double.toString(metric.min()),
                        Double.toString(metric.max()),
                        metric.unit()))));
        return rows;
    }
}
