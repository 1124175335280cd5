package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.report.Measurements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is found out during a run beside what is measured of every fault. Used by one thread. */
public final class Notes {

    private final Measurements measurements = new Measurements();
    private final List<String> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private String fault = "before the first fault";
    private long stillRunning;

    /** What is noted from now on belongs to this fault. */
    void begin(String name) {
        fault = name;
    }

    /** One more value of a metric. */
    public void measure(String name, double value, String unit) {
        measurements.add(name, value, unit);
    }

    /** Something that must not be: the run has failed. */
    public void find(String what) {
        findings.add(fault + ": " + what);
    }

    /** A remark for readers of the report. */
    public void remark(String what) {
        remarks.add(fault + ": " + what);
    }

    /** So many handlers still ran two heartbeats after their job was cancelled. */
    public void stillRunning(long handlers) {
        stillRunning += handlers;
    }

    /** To be done once the workers are back from this fault. */
    public void afterwards(Runnable work) {
        afterwards.add(work);
    }

    void doWhatComesAfterwards() {
        while (!afterwards.isEmpty()) {
            afterwards.removeFirst().run();
        }
    }

    Measurements measurements() {
        return measurements;
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    long stillRunning() {
        return stillRunning;
    }
}
