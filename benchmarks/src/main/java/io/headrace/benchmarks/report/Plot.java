package io.headrace.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** A picture of numbers, and the numbers. */
public sealed interface Plot permits Bars, Lines {

    /** The ending of a picture's file. */
    String PICTURE = ".png";

    int WIDTH = 900;
    int HEIGHT = 420;
    String NUMBERS = "#,##0.##";

    /** The name of its files, without their endings. */
    String name();

    String title();

    /** The numbers, the first row being names. */
    List<List<String>> rows();

    Chart<?, ?> chart();

    /** The picture; it takes fonts, which a bare server may lack. */
    default byte[] png() {
        System.setProperty("java.awt.headless", "true");
        Chart<?, ?> chart = chart();
        Styler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
