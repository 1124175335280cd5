package io.headrace.benchmarks.schedules;

import io.headrace.AuditReport;
import io.headrace.benchmarks.report.Measurements;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the trials measure and find, and what is being done. Written by one thread; what is being done is read by others. */
final class TrialLog {

    private final Measurements measurements = new Measurements();
    private final List<String> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private String trial = "";
    private volatile String doing = "starting";
    private long auditFailures;

    /** What is noted from now on belongs to this trial. */
    void begin(String name) {
        trial = name;
        doing = name;
    }

    /** Says what is being done. */
    void doing(String what, Object... details) {
        doing = trial + ": " + String.format(Locale.ROOT, what, details);
    }

    String line() {
        return doing;
    }

    void measure(String name, double value, String unit) {
        measurements.add(name, value, unit);
    }

    void count(String name, long number, String unit) {
        measurements.add(name, (double) number, unit);
    }

    Measurements measurements() {
        return measurements;
    }

    /** Something that must not happen: the run has failed. */
    void find(String what) {
        findings.add(trial + ": " + what);
    }

    /** A remark for readers of the report. */
    void remark(String what) {
        remarks.add(trial + ": " + what);
    }

    void audited(AuditReport audit) {
        if (!audit.isOk()) {
            auditFailures++;
            find("the audit found " + audit);
        }
    }

    long auditFailures() {
        return auditFailures;
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
