package io.headrace.benchmarks.jmh;

import io.headrace.benchmarks.report.Metric;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** From a result of JMH to metrics: {@code JobIdBenchmark.read} is {@code cpu_job_id_read_ns} and {@code …_bytes}. */
final class JmhMetrics {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhMetrics() {}

    static void add(RunResult result, Map<String, Metric> metrics) {
        String name = name(result.getParams().getBenchmark());
        metrics.put(name + "_ns", metric(result.getPrimaryResult(), "ns"));
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        if (allocated != null) {
            metrics.put(name + "_bytes", metric(allocated, "bytes"));
        }
    }

    private static Metric metric(Result<?> result, String unit) {
        Statistics all = result.getStatistics();
        return new Metric(all.getPercentile(50), all.getMin(), all.getMax(), unit);
    }

    /** From the qualified name of a method. */
    static String name(String method) {
        int dot = method.lastIndexOf('.');
        String type = method.substring(method.lastIndexOf('.', dot - 1) + 1, dot);
        return "cpu_" + snake(type.replaceFirst("Benchmark$", "")) + "_" + snake(method.substring(dot + 1));
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
