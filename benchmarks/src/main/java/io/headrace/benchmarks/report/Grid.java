package io.headrace.benchmarks.report;

import java.util.List;

/**
 * A table of the report, for numbers that are read side by side.
 *
 * @param name the name of its file, without the ending
 * @param rows the first one has the names of the columns; all are of one length, and end in text
 */
public record Grid(String name, String title, List<List<String>> rows) {

    /** For a terminal. */
    public List<String> lines() {
        Table table = Table.endingInText();
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        return table.lines();
    }
}
