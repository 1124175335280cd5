package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run is one fresh process of each entrant after another, in an order that changes from run to run. */
final class FirstMinutePlan implements Plan {

    private static final int SLICE_SECONDS = 5;

    private final List<Entrant> order;
    private final List<Integer> marks;
    private final int peerJobs;
    private final Training training = new Training();
    /** Of the run that was last. */
    private final Map<String, Lines.Line> slices = new LinkedHashMap<>();

    /**
     * Runs nothing yet.
     *
     * @param marks the seconds after which the jobs are counted, in ascending order
     * @param peerJobs how many wait for those that are not Headrace
     */
    FirstMinutePlan(List<Entrant> entrants, List<Integer> marks, int peerJobs) {
        this.order = new ArrayList<>(entrants);
        this.marks = List.copyOf(marks);
        this.peerJobs = peerJobs;
    }

    @Override
    public int steps() {
        return order.size();
    }

    @Override
    public int warmUpSteps() {
        return (int) order.stream()
                .filter(entrant -> entrant.archive() != ClassArchive.NONE)
                .count();
    }

    /** Makes the archives. Every process that is measured is a new one. */
    @Override
    public void warmUp(Bench bench) throws Exception {
        for (Entrant entrant : order) {
            var unused = training.flags(bench, entrant);
        }
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        for (Entrant entrant : order) {
            List<String> flags = training.flags(bench, entrant);
            bench.step(entrant.name() + ", " + length().toSeconds() + " s");
            int jobs = entrant.isOurs() ? bench.settings().jobs() : peerJobs;
            Start start = new FreshStart(bench, entrant, jobs).run(flags, length(), false);
            slices.put(entrant.name(), start.slices(entrant.name(), slice(), length()));
            start.addTo(measured, entrant.prefix(), marks, jobs);
        }
        order.forEach(entrant -> addRatios(measured, entrant, marks));
        Collections.rotate(order, 1);
    }

    private Duration length() {
        return Duration.ofSeconds(marks.get(marks.size() - 1));
    }

    private Duration slice() {
        return Duration.ofSeconds(Math.min(SLICE_SECONDS, length().toSeconds()));
    }

    /** Headrace over a peer; Headrace with an archive over Headrace without. */
    static void addRatios(Measurements measured, Entrant entrant, List<Integer> marks) {
        String prefix = entrant.prefix();
        for (int mark : marks) {
            String jobs = Start.metric(mark);
            if (!entrant.isOurs()) {
                measured.addRatio("first_" + mark + "_s_over_" + entrant.name(), jobs, prefix + jobs);
                measured.addRatio(
                        "engine_first_" + mark + "_s_over_" + entrant.name(),
                        Start.ENGINE + jobs,
                        prefix + Start.ENGINE + jobs);
            } else if (!prefix.isEmpty()) {
                measured.addRatio("first_" + mark + "_s_" + prefix + "over_plain", prefix + jobs, jobs);
            }
        }
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        return List.of(new Lines(
                "slices",
                "Drain after the start of the process, last run",
                "s",
                "jobs/s",
                List.copyOf(slices.values())));
    }

    @Override
    public void close() {
        training.close();
    }
}
