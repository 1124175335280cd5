package io.headrace.benchmarks.pinned;

import io.headrace.benchmarks.report.Metric;
import java.util.List;

/** How fast one part of the jobs was drained after another, in jobs a second. */
record Slices(List<Double> rates) {

    private static final int QUARTER = 4;

    /** Where it has got to: the median of the last quarter. */
    double end() {
        return Metric.of(rates.subList(rates.size() - quarter(), rates.size()), "")
                .median();
    }

    /** The last quarter over the first: 1 for what does not change over time. */
    double flatness() {
        return end() / Metric.of(rates.subList(0, quarter()), "").median();
    }

    private int quarter() {
        return Math.max(1, rates.size() / QUARTER);
    }
}
