package io.headrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A bar for each metric, from its name up to its median, with the range of the runs.
 *
 * @param metrics all in one unit
 * @param logarithmic for what differs by more than a bar can show
 */
public record Bars(String name, String title, Map<String, Metric> metrics, boolean logarithmic) implements Plot {

    private static final int SLANT_DEGREES = 20;

    @Override
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "median", "min", "max", "unit"));
        metrics.forEach((label, metric) -> rows.add(List.of(
                label,
                Double.toString(metric.median()),
                Double.toString(metric.min()),
                Double.toString(metric.max()),
                metric.unit())));
        return rows;
    }

    @Override
    public Chart<?, ?> chart() {
        String unit = metrics.values().stream().map(Metric::unit).findFirst().orElse("");
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisLabelRotation(SLANT_DEGREES);
        chart.getStyler().setYAxisDecimalPattern(NUMBERS);
        chart.getStyler().setYAxisLogarithmic(logarithmic);
        chart.getStyler().setYAxisMin(logarithmic ? null : 0.0);
        chart.addSeries(
                title,
                List.copyOf(metrics.keySet()),
                metrics.values().stream().map(Metric::median).toList(),
                metrics.values().stream()
                        .map(metric -> (metric.max() - metric.min()) / 2)
                        .toList());
        return chart;
    }
}
