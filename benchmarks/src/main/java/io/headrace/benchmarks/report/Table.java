package io.headrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Rows whose cells stand under each other. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean endsInText;

    private Table(boolean endsInText) {
        this.endsInText = endsInText;
    }

    /** All cells aligned to the right. */
    public static Table ofNumbers() {
        return new Table(false);
    }

    /** All cells aligned to the right, save the last, which may be of any length. */
    public static Table endingInText() {
        return new Table(true);
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            if (column > 0) {
                line.append(GAP);
            }
            if (column < row.size() - 1 || !endsInText) {
                line.append(" ".repeat(width(column) - cell.length()));
            }
            line.append(cell);
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
