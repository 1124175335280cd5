package io.headrace.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values by name, as they are measured one after another. Used by one thread. */
public final class Measurements {

    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** One more value. */
    public void add(String name, double value, String unit) {
        units.put(name, unit);
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** How often one is of the other in this run: of the last value of each, if both were measured and the one
     * below is not 0. */
    public void addRatio(String name, String over, String under) {
        if (values.containsKey(over) && values.containsKey(under) && last(under) != 0) {
            add(name, last(over) / last(under), "ratio");
        }
    }

    /**
     * The value that was measured last.
     *
     * @throws IllegalArgumentException if there is none
     */
    public double last(String name) {
        List<Double> all = values.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("not measured: " + name);
        }
        return all.get(all.size() - 1);
    }

    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        values.forEach((name, all) -> metrics.put(name, Metric.of(all, units.getOrDefault(name, ""))));
        return metrics;
    }
}
