package io.headrace.micrometer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The engine's metrics in Prometheus' text format: each with its labels, and their values. */
record ScrapedMetrics(Map<String, Map<String, Set<String>>> byName) {

    private static final Pattern LINE = Pattern.compile("^(headrace_\\w+)(?:\\{([^}]*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static ScrapedMetrics of(String scrape) {
        Map<String, Map<String, Set<String>>> byName = new HashMap<>();
        LINE.matcher(scrape).results().forEach(line -> add(line, byName));
        return new ScrapedMetrics(byName);
    }

    private static void add(MatchResult line, Map<String, Map<String, Set<String>>> byName) {
        Map<String, Set<String>> labels = byName.computeIfAbsent(line.group(1), name -> new HashMap<>());
        if (line.group(2) != null) {
            LABEL.matcher(line.group(2))
                    .results()
                    .forEach(label -> labels.computeIfAbsent(label.group(1), name -> new HashSet<>())
                            .add(label.group(2)));
        }
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** @param value empty for any */
    boolean has(String metric, String label, String value) {
        Set<String> values = byName.getOrDefault(metric, Map.of()).getOrDefault(label, Set.of());
        return value.isEmpty() ? !values.isEmpty() : values.contains(value);
    }
}
