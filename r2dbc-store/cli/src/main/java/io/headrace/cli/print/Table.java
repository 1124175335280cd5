package io.headrace.cli.print;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings, aligned: numbers to the right, all else to the left. Not thread-safe. */
public final class Table {

    private static final String GAP = "  ";

    private final String[] headings;
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] numbers;
    private final int[] widths;

    public Table(String... headings) {
        this.headings = headings.clone();
        this.numbers = new boolean[headings.length];
        this.widths = new int[headings.length];
        for (int i = 0; i < headings.length; i++) {
            widths[i] = Cell.width(headings[i]);
        }
    }

    /** Adds a row, with one value for each heading. */
    public void row(@Nullable Object... values) {
        String[] row = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            row[i] = Cell.text(values[i]);
            numbers[i] |= values[i] instanceof Number;
            widths[i] = Math.max(widths[i], Cell.width(row[i]));
        }
        rows.add(row);
    }

    /** Prints the headings and the rows; of an empty table only the headings. */
    public void print(PrintWriter out) {
        print(out, headings);
        rows.forEach(row -> print(out, row));
    }

    private void print(PrintWriter out, String[] row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(i == 0 ? "" : GAP).append(Cell.padded(row[i], widths[i], numbers[i]));
        }
        out.println(line.toString().stripTrailing());
    }
}
