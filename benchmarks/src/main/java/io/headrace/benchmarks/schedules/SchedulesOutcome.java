package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.MetricTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trials that are over. */
record SchedulesOutcome(Map<String, Metric> metrics, List<String> findings, List<String> remarks) {

    static SchedulesOutcome of(TrialLog log) {
        Map<String, Metric> metrics = new LinkedHashMap<>(log.measurements().metrics());
        metrics.put("audit_failures", Metric.of(log.auditFailures(), "audits"));
        return new SchedulesOutcome(metrics, log.findings(), log.remarks());
    }

    /** Whether nothing happened that must not happen. Times and counts of statements do not decide. */
    boolean isSound() {
        return findings.isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(MetricTable.lines(metrics));
        findings.forEach(finding -> lines.add("found: " + finding));
        remarks.forEach(remark -> lines.add("note: " + remark));
        lines.add(isSound() ? "ok" : "NOT OK");
        return lines;
    }
}
