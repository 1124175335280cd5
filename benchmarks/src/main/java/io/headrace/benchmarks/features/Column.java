package io.headrace.benchmarks.features;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is measured of each side. */
record Column(String name, String unit, ToDoubleFunction<Life.Taken> value) {

    private static final double THOUSAND = 1_000;

    static final Column RATE = new Column("jobs_per_s", "jobs/s", Life.Taken::jobsPerSecond);

    static final List<Column> ALL = List.of(
            RATE,
            new Column("wal_bytes_per_job", "bytes", taken -> taken.cost().walBytes()),
            new Column(
                    "statements_per_1000_jobs",
                    "statements",
                    taken -> taken.cost().statements() * THOUSAND),
            new Column("allocated_bytes_per_job", "bytes", Life.Taken::allocatedBytes));

    double of(Life.Taken taken) {
        return value.applyAsDouble(taken);
    }

    /** The name of the metric. */
    String with(Feature feature) {
        return "feature_" + feature.name() + "_" + name;
    }

    /** The same for what the feature is compared with. */
    String without(Feature feature) {
        return "feature_" + feature.name() + "_plain_" + name;
    }
}
