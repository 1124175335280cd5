package io.headrace.benchmarks.report;

import java.util.List;

/**
 * A measured number: of one measurement or of several.
 *
 * @param median of an even number the mean of the middle two
 * @param unit such as {@code s}, or {@code jobs} for a count of them
 */
public record Metric(double median, double min, double max, String unit) {

    /** One measurement. */
    public static Metric of(double value, String unit) {
        return new Metric(value, value, value, unit);
    }

    /** A count. */
    public static Metric of(long count, String unit) {
        return of((double) count, unit);
    }

    /**
     * Several measurements.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static Metric of(List<Double> values, String unit) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value was measured");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Metric(median, sorted.get(0), sorted.get(n - 1), unit);
    }
}
