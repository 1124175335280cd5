package io.headrace.benchmarks.soak;

import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The samples of one run, the first of which is of its beginning. */
record Soaked(List<Sample> samples) {

    private static final double MIB = 1 << 20;
    private static final int QUARTER = 4;
    private static final List<String> MOVING = List.of("pending", "lease", "worker");
    private static final List<String> KEPT = List.of("job_default", "completed_default");

    void addTo(Measurements measured) {
        List<Double> rates = rates();
        int quarter = Math.max(1, rates.size() / QUARTER);
        double begin = Metric.of(rates.subList(0, quarter), "").median();
        double end = Metric.of(rates.subList(rates.size() - quarter, rates.size()), "")
                .median();
        Sample last = samples.get(samples.size() - 1);
        measured.add("soak_jobs_per_s", Metric.of(rates, "").median(), "jobs/s");
        measured.add("soak_flatness", end / begin, "ratio");
        measured.add("backlog_jobs_max", most(sample -> sample.enqueued() - sample.handled()), "jobs");
        measured.add("dead_tuples_max", most(Sample::deadTuples), "rows");
        measured.add("moving_tables_mib_max", most(sample -> mib(sample, MOVING)), "MiB");
        measured.add("kept_tables_mib_end", mib(last, KEPT), "MiB");
        measured.add("heap_mib_max", most(sample -> sample.heapBytes() / MIB), "MiB");
    }

    private List<Double> rates() {
        List<Double> rates = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            rates.add(samples.get(i).rateSince(samples.get(i - 1)));
        }
        return rates;
    }

    private double most(ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).max().orElse(0);
    }

    private static double mib(Sample sample, List<String> tables) {
        return tables.stream().mapToLong(sample::bytes).sum() / MIB;
    }

    List<Plot> plots() {
        return List.of(
                new Lines(
                        "throughput",
                        "Handled",
                        "s",
                        "jobs/s",
                        List.of(new Lines.Line("handled", seconds().subList(1, samples.size()), rates()))),
                lines("moving_tables", "Tables whose rows move", MOVING),
                lines("kept_tables", "Tables that grow until retention ends", KEPT),
                new Lines(
                        "dead_tuples",
                        "Dead rows, as the server estimates them",
                        "s",
                        "rows",
                        List.of(line("all tables", sample -> (double) sample.deadTuples()))),
                new Lines(
                        "heap",
                        "Heap of the engine's and producer's JVM",
                        "s",
                        "MiB",
                        List.of(line("used", sample -> sample.heapBytes() / MIB))));
    }

    private Plot lines(String name, String title, List<String> tables) {
        return new Lines(
                name,
                title,
                "s",
                "MiB",
                tables.stream()
                        .map(table -> line(table, sample -> sample.bytes(table) / MIB))
                        .toList());
    }

    private Lines.Line line(String label, Function<Sample, Double> value) {
        return new Lines.Line(label, seconds(), samples.stream().map(value).toList());
    }

    private List<Double> seconds() {
        return samples.stream().map(Sample::seconds).toList();
    }
}
