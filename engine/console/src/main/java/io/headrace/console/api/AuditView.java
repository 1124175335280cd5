package io.headrace.console.api;

import io.headrace.AuditReport;
import io.headrace.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last audit of this process; all but the first are {@code null} if there was none.
 *
 * @param isRunning whether one runs now
 * @param at when it ended
 * @param took how long it took
 * @param ok whether nothing was found
 */
record AuditView(
        boolean isRunning,
        @Nullable Instant at,
        @Nullable Duration took,
        @Nullable Boolean ok,
        @Nullable Long jobs,
        @Nullable Long pending,
        @Nullable Long leased,
        @Nullable Long completed,
        @Nullable Long tombstones,
        @Nullable Long pruned,
        @Nullable List<Finding> findings) {

    /** A violation, also in words. */
    record Finding(
            AuditReport.What what,
            long jobs,
            @Nullable JobId example,
            @Nullable String schedule,
            String description) {

        static Finding of(AuditReport.Finding finding) {
            return new Finding(
                    finding.what(), finding.jobs(), finding.example(), finding.schedule(), finding.toString());
        }
    }

    static AuditView none(boolean isRunning) {
        return new AuditView(isRunning, null, null, null, null, null, null, null, null, null, null);
    }

    static AuditView of(boolean isRunning, Instant at, Duration took, AuditReport report) {
        return new AuditView(
                isRunning,
                at,
                took,
                report.isOk(),
                report.jobs(),
                report.pending(),
                report.leased(),
                report.completed(),
                report.tombstones(),
                report.pruned(),
                report.findings().stream().map(Finding::of).toList());
    }
}
