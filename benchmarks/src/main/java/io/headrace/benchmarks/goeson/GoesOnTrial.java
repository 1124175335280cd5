package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import java.util.List;
import java.util.Map;

/** A part of the scenario, with metrics of its own. To add one, list it in {@link GoesOnTrials}. Stateless. */
interface GoesOnTrial {

    /** As on the command line. */
    String name();

    /** Whether it measures times: if not, it has no part in the warm-up. */
    default boolean isTimed() {
        return true;
    }

    /**
     * One run: adds one value to each of its metrics. Databases that it opens are its own.
     *
     * @throws IllegalStateException if something was lost, doubled or repeated
     */
    void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception;

    /** Pictures of its metrics, which may be missing. */
    default List<Plot> plots(Map<String, Metric> metrics) {
        return List.of();
    }
}
