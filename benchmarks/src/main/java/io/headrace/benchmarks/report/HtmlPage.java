package io.headrace.benchmarks.report;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The report as one page that needs nothing beside it. */
record HtmlPage(Results results, List<Grid> grids, Map<Plot, byte[]> pictures) {

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em}"
                    + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:left}"
                    + "td.n{text-align:right;font-variant-numeric:tabular-nums}img{max-width:100%}";

    String text() {
        StringBuilder page = new StringBuilder(100_000);
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(title()))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(title()))
                .append("</h1>\n");
        grids.forEach(grid -> grid(page, grid));
        metrics(page);
        pictures.forEach((plot, png) -> page.append("<p><img alt=\"")
                .append(escaped(plot.title()))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\"></p>\n"));
        facts(page, "Settings", results.settings());
        facts(page, "Environment", results.environment());
        return page.append("</body>\n</html>\n").toString();
    }

    private String title() {
        return "Headrace benchmarks: " + results.scenario();
    }

    private static void grid(StringBuilder page, Grid grid) {
        page.append("<h2>").append(escaped(grid.title())).append("</h2>\n<table>\n");
        String tag = "th";
        for (List<String> row : grid.rows()) {
            page.append("<tr>");
            for (String cell : row) {
                page.append('<')
                        .append(tag)
                        .append('>')
                        .append(escaped(cell))
                        .append("</")
                        .append(tag)
                        .append('>');
            }
            page.append("</tr>\n");
            tag = "td";
        }
        page.append("</table>\n");
    }

    private void metrics(StringBuilder page) {
        page.append("<table>\n<tr><th>metric</th><th>median</th><th>min</th><th>max</th><th>unit</th></tr>\n");
        results.metrics().forEach((name, metric) -> {
            page.append("<tr><td>").append(escaped(name)).append("</td>");
            for (double value : new double[] {metric.median(), metric.min(), metric.max()}) {
                page.append("<td class=\"n\">")
                        .append(MetricTable.number(value))
                        .append("</td>");
            }
            page.append("<td>").append(escaped(metric.unit())).append("</td></tr>\n");
        });
        page.append("</table>\n");
    }

    private static void facts(StringBuilder page, String title, Map<String, String> facts) {
        page.append("<h2>").append(title).append("</h2>\n<table>\n");
        facts.forEach((name, value) -> page.append("<tr><td>")
                .append(escaped(name))
                .append("</td><td>")
                .append(escaped(value))
                .append("</td></tr>\n"));
        page.append("</table>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
