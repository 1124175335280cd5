package io.headrace.cli.print;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing, a line for each thing known of it: a label and a value. Counts are aligned to the right. Not thread-safe. */
public final class Facts {

    private static final int GAP = 2;

    private record Fact(String label, String value, boolean isNumber) {}

    private final List<Fact> facts = new ArrayList<>();

    public Facts fact(String label, @Nullable Object value) {
        facts.add(new Fact(label, Cell.text(value), value instanceof Number));
        return this;
    }

    public void print(PrintWriter out) {
        int labels =
                facts.stream().mapToInt(fact -> Cell.width(fact.label)).max().orElse(0) + GAP;
        int numbers = facts.stream()
                .filter(Fact::isNumber)
                .mapToInt(fact -> Cell.width(fact.value))
                .max()
                .orElse(0);
        for (Fact fact : facts) {
            out.println(Cell.padded(fact.label, labels, false)
                    + (fact.isNumber ? Cell.padded(fact.value, numbers, true) : fact.value));
        }
    }

    /** Prints text that an application has stored, as it is, but for what a terminal would act upon. */
    public static void printText(PrintWriter out, String text, String indent) {
        Printable.lines(text).lines().forEach(line -> out.println(indent + line));
    }
}
