package io.headrace.benchmarks;

import java.util.List;

/**
 * How a scenario runs as a part of {@code report}.
 *
 * @param minutes it takes about this long, on two cores
 * @param options of one run whose figures mean something
 * @param tiny options of a run that only shows that the scenario works, in a few seconds
 * @param headlines metrics for the overview; those that a run lacks are left out
 */
public record ShortForm(int minutes, String options, String tiny, List<String> headlines) {

    public ShortForm(int minutes, String options, String tiny, String... headlines) {
        this(minutes, options, tiny, List.of(headlines));
    }
}
