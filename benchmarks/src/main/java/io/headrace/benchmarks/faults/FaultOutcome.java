package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.report.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that is over.
 *
 * @param audit the last one's answer
 * @param drainSeconds from the last job enqueued until none was pending or leased
 * @param seconds how long all of it took
 * @param restarts how many workers were started beyond the first ones
 * @param postgres the server's version
 */
record FaultOutcome(
        List<Inflicted> faults,
        Census census,
        String audit,
        double drainSeconds,
        double seconds,
        int restarts,
        String postgres,
        Notes notes) {

    long auditFailures() {
        return faults.stream().filter(fault -> !fault.auditIsOk()).count() + ("ok".equals(audit) ? 0 : 1);
    }

    /**
     * Whether nothing was lost, doubled, out of place or charged to the innocent, and nothing else that must not be. How
     * long things took does not count.
     */
    boolean isSound() {
        return census.lost() == 0
                && census.twice() == 0
                && census.unrun() == 0
                && census.poisonEscaped() == 0
                && census.charged() == 0
                && census.buried() == 0
                && auditFailures() == 0
                && notes.stillRunning() == 0
                && notes.findings().isEmpty();
    }

    long sorts() {
        return faults.stream().map(Inflicted::name).distinct().count();
    }

    long stuckWorkers() {
        return faults.stream().mapToInt(Inflicted::stuck).sum();
    }

    /** The longest; -1 if one did not end. */
    double longestRecovery() {
        List<Double> all = faults.stream().map(Inflicted::recoverySeconds).toList();
        return all.stream().anyMatch(seconds -> seconds < 0)
                ? -1
                : all.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("faults", Metric.of(faults.size(), "faults"));
        metrics.put("sorts", Metric.of(sorts(), "sorts"));
        metrics.put("jobs", Metric.of(census.jobs(), "jobs"));
        metrics.put("jobs_lost", Metric.of(census.lost(), "jobs"));
        metrics.put("recorded_twice", Metric.of(census.twice(), "jobs"));
        metrics.put("completed_unrun", Metric.of(census.unrun(), "jobs"));
        metrics.put("wrongly_charged", Metric.of(census.charged(), "jobs"));
        metrics.put("wrongly_buried", Metric.of(census.buried(), "jobs"));
        metrics.put("cancelled_still_running", Metric.of(notes.stillRunning(), "handlers"));
        metrics.put("poison_escaped", Metric.of(census.poisonEscaped(), "jobs"));
        metrics.put("findings", Metric.of(notes.findings().size(), "findings"));
        metrics.put("audit_failures", Metric.of(auditFailures(), "audits"));
        metrics.put("recovery_s_max", Metric.of(longestRecovery(), "s"));
        metrics.put("workers_stuck", Metric.of(stuckWorkers(), "workers"));
        metrics.put("worker_restarts", Metric.of(restarts, "workers"));
        metrics.put("drain_s", Metric.of(drainSeconds, "s"));
        metrics.put("run_s", Metric.of(seconds, "s"));
        metrics.putAll(notes.measurements().metrics());
        return metrics;
    }
}
