package io.headrace.benchmarks.report;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page that needs nothing beside it, written from top to bottom. Used by one thread. */
public final class HtmlPage {

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,.]*");
    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em}"
                    + "table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:left}"
                    + "td.n{text-align:right;font-variant-numeric:tabular-nums}img{max-width:100%}";

    private final StringBuilder page = new StringBuilder(100_000);

    /** A page with this title and nothing else yet. */
    public HtmlPage(String title) {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    /** A heading to which {@link #links} leads. */
    public void chapter(String name) {
        page.append("<h1 id=\"")
                .append(escaped(name))
                .append("\">")
                .append(escaped(name))
                .append("</h1>\n");
    }

    /** Links to chapters. */
    public void links(List<String> chapters) {
        page.append(chapters.stream()
                .map(HtmlPage::escaped)
                .map(name -> "<a href=\"#" + name + "\">" + name + "</a>")
                .collect(Collectors.joining(" · ", "<p>", "</p>\n")));
    }

    /** A paragraph of text. */
    public void paragraph(String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    /** A table whose first row has the names of the columns. */
    public void table(List<List<String>> rows) {
        page.append("<table>\n");
        String name = "th";
        for (List<String> row : rows) {
            row(row, name);
            name = "td";
        }
        page.append("</table>\n");
    }

    private void row(List<String> cells, String name) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append('<').append(name);
            if (NUMBER.matcher(cell).matches()) {
                page.append(" class=\"n\"");
            }
            page.append('>').append(escaped(cell)).append("</").append(name).append('>');
        }
        page.append("</tr>\n");
    }

    /** A heading and a row for each fact. */
    public void facts(String title, Map<String, String> facts) {
        heading(title);
        page.append("<table>\n");
        facts.forEach((name, value) -> row(List.of(name, value), "td"));
        page.append("</table>\n");
    }

    /** All that a run has measured. */
    public void results(Results results, Map<String, byte[]> pictures) {
        for (Grid grid : results.grids()) {
            heading(grid.title());
            table(grid.rows());
        }
        table(MetricTable.rows(results.metrics()));
        pictures.forEach((title, png) -> page.append("<p><img alt=\"")
                .append(escaped(title))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\"></p>\n"));
        facts("Settings", results.settings());
    }

    private void heading(String text) {
        page.append("<h2>").append(escaped(text)).append("</h2>\n");
    }

    /** The page so far. */
    public String text() {
        return page + "</body>\n</html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
