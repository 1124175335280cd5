package io.headrace.micrometer;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a Grafana dashboard asks Prometheus for. */
record DashboardQueries(JsonNode dashboard) {

    private static final Pattern METRIC = Pattern.compile("(headrace_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|=|!=|!~)\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)\\s*\\([^{}]*?(headrace_\\w+)");

    /** A label of a metric, and its value where a query fixes one. */
    record Asked(String metric, String label, String value) {}

    Stream<String> expressions() {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .flatMap(panel -> StreamSupport.stream(panel.path("targets").spliterator(), false))
                .map(target -> target.path("expr").asString());
    }

    Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        expressions().forEach(text -> METRIC.matcher(text).results().forEach(found -> metrics.add(found.group(1))));
        return metrics;
    }

    /** Of the labels in braces and of those after {@code by}. */
    Stream<Asked> labels() {
        return expressions()
                .flatMap(text -> Stream.concat(
                        METRIC.matcher(text).results().flatMap(DashboardQueries::matched),
                        BY.matcher(text).results().flatMap(DashboardQueries::grouped)));
    }

    private static Stream<Asked> matched(MatchResult metric) {
        return metric.group(2) == null
                ? Stream.empty()
                : MATCHER.matcher(metric.group(2))
                        .results()
                        .flatMap(label -> Stream.of(label.group(3).split("\\|"))
                                .map(value -> new Asked(
                                        metric.group(1), label.group(1), value.startsWith("$") ? "" : value)));
    }

    private static Stream<Asked> grouped(MatchResult by) {
        return Stream.of(by.group(1).split(",\\s*")).map(label -> new Asked(by.group(2), label, ""));
    }
}
