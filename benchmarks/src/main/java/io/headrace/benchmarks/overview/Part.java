package io.headrace.benchmarks.overview;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
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
 */
record Part(String name, ShortForm form, List<String> options) {

    /** In their order; all that have a short form if none is named. */
    static List<Part> of(List<Scenario> scenarios, boolean tiny, Optional<String> only) throws UsageException {
        List<Part> parts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            scenario.shortForm().ifPresent(form -> {
                String options = tiny ? form.tiny() : form.options();
                parts.add(new Part(scenario.name(), form, words(options)));
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
            table.row(Integer.toString(part.form.minutes()), part.command());
        }
        table.row(
                Integer.toString(
                        parts.stream().mapToInt(part -> part.form.minutes()).sum()),
                "expected in all");
        return table.lines();
    }

    /** As on the command line. */
    String command() {
        return String.join(" ", name, String.join(" ", options)).strip();
    }
}
