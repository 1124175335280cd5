package io.headrace.benchmarks.overview;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A scenario of the report.
 *
 * @param options those it is run with
 * @param minutes it is expected to take
 * @param headlines metrics for the overview
 */
record Part(String name, List<String> options, int minutes, List<String> headlines) {

    private static final int TINY_MINUTES = 1;

    /** In their order; all that have a short form if none is named. */
    static List<Part> of(List<Scenario> scenarios, boolean tiny, Optional<String> only) throws UsageException {
        List<Part> parts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            scenario.shortForm().ifPresent(form -> {
                List<String> options = words(tiny ? form.tiny() : form.options());
                int minutes = tiny ? TINY_MINUTES : form.minutes();
                parts.add(new Part(scenario.name(), options, minutes, form.headlines()));
            });
        }
        if (only.isPresent()) {
            List<String> names = List.of(only.get().split(" *, *"));
            for (String name : names) {
                if (parts.stream().noneMatch(part -> part.name.equals(name))) {
                    throw new UsageException("the report has no scenario " + OneLine.of(name) + ", there is "
                            + parts.stream().map(Part::name).collect(Collectors.joining(", ")));
                }
            }
            parts.removeIf(part -> !names.contains(part.name));
        }
        return parts;
    }

    private static List<String> words(String options) {
        return options.isEmpty() ? List.of() : List.of(options.split(" +"));
    }

    /** What will run, and for how long. */
    static List<String> list(List<Part> parts) {
        Table table = Table.endingInText();
        table.row("minutes", "scenario");
        for (Part part : parts) {
            table.row(Integer.toString(part.minutes), part.command());
        }
        table.row(Integer.toString(parts.stream().mapToInt(part -> part.minutes).sum()), "expected in all");
        return table.lines();
    }

    /** As on the command line. */
    String command() {
        return String.join(" ", name, String.join(" ", options)).strip();
    }
}
