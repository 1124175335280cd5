package io.headrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What becomes of something over time, or over whatever the x axis says. */
public record Lines(String name, String title, String x, String y, List<Line> lines) implements Plot {

    /** The points are those of two lists of one length, and there is one at least. */
    public record Line(String label, List<Double> xs, List<Double> ys) {

        /** One point after another, numbered from 1. */
        public static Line numbered(String label, List<Double> ys) {
            List<Double> xs = new ArrayList<>();
            ys.forEach(y -> xs.add(xs.size() + 1.0));
            return new Line(label, xs, ys);
        }
    }

    @Override
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("line", x, y));
        for (Line line : lines) {
            for (int i = 0; i < line.xs.size(); i++) {
                rows.add(List.of(
                        line.label, line.xs.get(i).toString(), line.ys.get(i).toString()));
            }
        }
        return rows;
    }

    @Override
    public Chart<?, ?> chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setYAxisDecimalPattern(NUMBERS);
        chart.getStyler().setYAxisMin(0.0);
        for (Line line : lines) {
            chart.addSeries(line.label, line.xs, line.ys).setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }
}
