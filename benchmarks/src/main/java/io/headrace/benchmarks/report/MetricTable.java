package io.headrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Metrics, a line each. */
public final class MetricTable {

    private static final double WHOLE_FROM = 1_000;
    private static final double TENTHS_FROM = 10;

    private MetricTable() {}

    public static List<String> lines(Map<String, Metric> metrics) {
        Table table = Table.endingInText();
        table.row("median", "min", "max", "metric");
        metrics.forEach((name, metric) -> table.row(
                number(metric.median()),
                number(metric.min()),
                number(metric.max()),
                metric.unit().equals("ratio") ? name : name + " (" + metric.unit() + ")"));
        return table.lines();
    }

    static List<List<String>> rows(Map<String, Metric> metrics) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("metric", "median", "min", "max", "unit"));
        metrics.forEach((name, metric) -> rows.add(
                List.of(name, number(metric.median()), number(metric.min()), number(metric.max()), metric.unit())));
        return rows;
    }

    /** With as many digits as say something. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= WHOLE_FROM || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= TENTHS_FROM ? "%.1f" : "%.3f", value);
    }
}
