package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.report.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a fault measures beyond what is measured of every fault. Used by one thread. */
public final class Measurements {

    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** One more value. */
    public void add(String name, double value, String unit) {
        units.put(name, unit);
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        values.forEach((name, all) -> metrics.put(name, Metric.of(all, units.getOrDefault(name, ""))));
        return metrics;
    }
}
