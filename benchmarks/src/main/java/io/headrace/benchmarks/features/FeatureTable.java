package io.headrace.benchmarks.features;

import io.headrace.benchmarks.report.Grid;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.MetricTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A row for each feature: medians, those of the plain jobs after a slash. */
final class FeatureTable {

    private FeatureTable() {}

    static Grid of(List<Feature> features, Map<String, Metric> metrics) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "feature",
                "jobs/s over plain",
                "range",
                "jobs/s",
                "WAL bytes a job",
                "statements per 1,000 jobs",
                "bytes allocated for a job",
                "what the jobs have"));
        features.forEach(feature -> rows.add(row(feature, metrics)));
        return new Grid("features", "Each feature beside its plain twin: with it / without it", rows);
    }

    static String ratio(Feature feature) {
        return "feature_" + feature.name() + "_over_plain";
    }

    private static List<String> row(Feature feature, Map<String, Metric> metrics) {
        Metric ratio = Objects.requireNonNull(metrics.get(ratio(feature)));
        List<String> row = new ArrayList<>();
        row.add(feature.name());
        row.add(MetricTable.number(ratio.median()));
        row.add(MetricTable.number(ratio.min()) + "–" + MetricTable.number(ratio.max()));
        for (Column column : Column.ALL) {
            row.add(median(metrics, column.with(feature)) + " / " + median(metrics, column.without(feature)));
        }
        row.add(feature.what());
        return row;
    }

    private static String median(Map<String, Metric> metrics, String name) {
        return MetricTable.number(Objects.requireNonNull(metrics.get(name)).median());
    }
}
