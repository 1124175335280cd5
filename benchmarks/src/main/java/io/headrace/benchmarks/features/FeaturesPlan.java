package io.headrace.benchmarks.features;

import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Grid;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run is each feature after the plain jobs that it is compared with, both in an empty database. */
record FeaturesPlan(List<Feature> features) implements Plan {

    @Override
    public int steps() {
        return features.size();
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        int jobs = bench.settings().jobs();
        for (Feature feature : features) {
            bench.step(feature.name());
            Life.Taken without = new Life(feature.plain(), jobs).measure(bench);
            Life.Taken with = new Life(feature, jobs).measure(bench);
            for (Column column : Column.ALL) {
                measured.add(column.with(feature), column.of(with), column.unit());
                measured.add(column.without(feature), column.of(without), column.unit());
            }
            measured.addRatio(FeatureTable.ratio(feature), Column.RATE.with(feature), Column.RATE.without(feature));
        }
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        features.forEach(feature -> {
            Metric ratio = metrics.get(FeatureTable.ratio(feature));
            if (ratio != null) {
                bars.put(feature.name(), ratio);
            }
        });
        return List.of(new Bars("feature-rates", "Jobs a second with a feature over without it", bars, false));
    }

    @Override
    public List<Grid> grids(Map<String, Metric> metrics) {
        return List.of(FeatureTable.of(features, metrics));
    }
}
