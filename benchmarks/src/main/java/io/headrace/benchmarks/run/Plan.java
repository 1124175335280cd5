package io.headrace.benchmarks.run;

import io.headrace.benchmarks.report.Grid;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import java.util.List;
import java.util.Map;

/** What a scenario does, its options checked. One object for all runs of one command; used by one thread. */
public interface Plan extends AutoCloseable {

    /** How many steps a run takes, for the progress bar. */
    int steps();

    /** How many steps the warm-up takes. */
    default int warmUpSteps() {
        return steps();
    }

    /** One run: adds one value to each metric. */
    void run(Bench bench, Measurements measured) throws Exception;

    /** What is run first and not measured; the same as what is measured, unless that would take too long. */
    default void warmUp(Bench bench) throws Exception {
        run(bench, new Measurements());
    }

    /** Pictures of it all, once every run is over; none if there is nothing to see. */
    List<Plot> plots(Map<String, Metric> metrics);

    /** Tables of it all, once every run is over. */
    default List<Grid> grids(Map<String, Metric> metrics) {
        return List.of();
    }

    @Override
    default void close() {}
}
