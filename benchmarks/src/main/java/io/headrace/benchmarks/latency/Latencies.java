package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.report.Measurements;
import org.HdrHistogram.Histogram;

/**
 * How long jobs waited for their handlers.
 *
 * @param fromCommit from the enqueuer's answer; 0 where the handler was first
 * @param fromIntended from when the job was to be enqueued
 */
public record Latencies(Histogram fromCommit, Histogram fromIntended) {

    private static final double NANOS_A_MILLI = 1e6;
    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double MOST = 100;

    /** As {@code <prefix>latency_p50_ms<suffix>} and so on. */
    public void addTo(Measurements measured, String prefix, String suffix) {
        add(measured, prefix + "latency", fromCommit, suffix);
        add(measured, prefix + "latency_from_intended", fromIntended, suffix);
    }

    /** As {@code <name>_p50_ms<suffix>}, p99 and max, of nanoseconds. */
    public static void add(Measurements measured, String name, Histogram histogram, String suffix) {
        measured.add(name + "_p50_ms" + suffix, at(histogram, MEDIAN), "ms");
        measured.add(name + "_p99_ms" + suffix, at(histogram, P99), "ms");
        measured.add(name + "_max_ms" + suffix, at(histogram, MOST), "ms");
    }

    /** The milliseconds at a percentile of nanoseconds. */
    public static double at(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }
}
