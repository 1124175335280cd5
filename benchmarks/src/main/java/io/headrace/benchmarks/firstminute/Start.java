package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fresh process did.
 *
 * @param processNanos when it was started, of {@link System#nanoTime()}
 * @param engineNanos when its workers were told to start: its classes were loaded and its pool was made
 */
record Start(long processNanos, long engineNanos, Counts counts) {

    static final String ENGINE = "engine_";

    /** The name of a count, without what is in front. */
    static String metric(int mark) {
        return "first_" + mark + "_s_jobs";
    }

    /**
     * The jobs of the first seconds of the process, and of its workers; not after seconds in which none was left.
     *
     * @param jobs how many were there
     */
    void addTo(Measurements measured, String prefix, List<Integer> marks, int jobs) {
        for (int mark : marks) {
            Duration time = Duration.ofSeconds(mark);
            add(measured, prefix + metric(mark), counts.after(processNanos, time), jobs);
            add(measured, prefix + ENGINE + metric(mark), counts.after(engineNanos, time), jobs);
        }
        counts.secondsToFirst(processNanos).ifPresent(seconds -> measured.add(prefix + "first_job_s", seconds, "s"));
        measured.add(prefix + "backlog_drained", (double) counts.last() / jobs, "ratio");
    }

    private static void add(Measurements measured, String name, double handled, int jobs) {
        if (handled < jobs) {
            measured.add(name, handled, "jobs");
        }
    }

    /** Jobs a second in each slice of the time after the start of the process, at its end. */
    Lines.Line slices(String label, Duration slice, Duration length) {
        List<Double> ends = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        double before = 0;
        for (Duration end = slice; end.compareTo(length) <= 0; end = end.plus(slice)) {
            double now = counts.after(processNanos, end);
            ends.add((double) end.toSeconds());
            rates.add((now - before) / slice.toSeconds());
            before = now;
        }
        return new Lines.Line(label, ends, rates);
    }
}
