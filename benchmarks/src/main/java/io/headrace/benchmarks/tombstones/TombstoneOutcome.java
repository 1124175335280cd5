package io.headrace.benchmarks.tombstones;

import io.headrace.AuditReport;
import io.headrace.benchmarks.report.Metric;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen.
 *
 * @param tombstones how many were left
 * @param postgres the server's version
 */
record TombstoneOutcome(
        TombstoneSettings settings, Measured measured, AuditReport audit, long tombstones, String postgres) {

    /** What was measured of the two decisions, and of what went on beside them. */
    record Measured(RetryAnswer retry, double pruneSeconds, Pace pace, Locks locks) {}

    /** Jobs a second of the engine beside: before, during the retry, during the prune. */
    record Pace(double idle, double duringRetry, double duringPrune) {}

    /** What was seen of the locks of those who retry, who prune, and who claim and settle. */
    record Locks(LockWatch.Longest retry, LockWatch.Longest prune, LockWatch.Longest engine, double gapMillis) {}

    /** Whether all that was to be retried was, all that was to be forgotten is, and every job is in one place. */
    boolean isSound() {
        return audit.isOk()
                && measured.retry.retried() == settings.ofEachKind()
                && audit.pruned() == settings.ofEachKind()
                && tombstones == 0;
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        RetryAnswer retry = measured.retry;
        Pace pace = measured.pace;
        Locks locks = measured.locks;
        metrics.put("pending", Metric.of(settings.pending(), "jobs"));
        metrics.put("tombstones", Metric.of(settings.tombstones(), "jobs"));
        metrics.put("retried", Metric.of(retry.retried(), "jobs"));
        metrics.put("retry_s", Metric.of(retry.seconds(), "s"));
        metrics.put("retry_jobs_per_s", Metric.of(retry.retried() / retry.seconds(), "jobs/s"));
        metrics.put("retry_heap_peak_mib", Metric.of(retry.heapMib(), "MiB"));
        metrics.put("retry_lock_ms_max", Metric.of(locks.retry.locks(), "ms"));
        metrics.put("retry_transaction_ms_max", Metric.of(locks.retry.transaction(), "ms"));
        metrics.put("pruned", Metric.of(audit.pruned(), "jobs"));
        metrics.put("prune_s", Metric.of(measured.pruneSeconds, "s"));
        metrics.put("prune_jobs_per_s", Metric.of(audit.pruned() / measured.pruneSeconds, "jobs/s"));
        metrics.put("prune_lock_ms_max", Metric.of(locks.prune.locks(), "ms"));
        metrics.put("prune_transaction_ms_max", Metric.of(locks.prune.transaction(), "ms"));
        metrics.put("prune_lock_looks", Metric.of(locks.prune.looks(), "looks"));
        metrics.put("claim_lock_wait_ms_max", Metric.of(locks.engine.waiting(), "ms"));
        metrics.put("claim_jobs_per_s_idle", Metric.of(pace.idle, "jobs/s"));
        metrics.put("claim_jobs_per_s_retry", Metric.of(pace.duringRetry, "jobs/s"));
        metrics.put("claim_jobs_per_s_prune", Metric.of(pace.duringPrune, "jobs/s"));
        metrics.put("claim_over_idle_throughput", Metric.of(ratio(pace.duringRetry, pace.idle), "ratio"));
        metrics.put("claim_over_idle_throughput_prune", Metric.of(ratio(pace.duringPrune, pace.idle), "ratio"));
        metrics.put("look_gap_ms_max", Metric.of(locks.gapMillis, "ms"));
        metrics.put("audit_failures", Metric.of(audit.isOk() ? 0 : 1, "audits"));
        return metrics;
    }

    private static double ratio(double during, double idle) {
        return idle == 0 ? 0 : during / idle;
    }
}
