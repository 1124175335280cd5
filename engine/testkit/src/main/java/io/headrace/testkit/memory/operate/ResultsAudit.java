package io.headrace.testkit.memory.operate;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks that only completed jobs have results, and that nobody waits who is long gone. Guarded by the store's lock. */
final class ResultsAudit {

    private static final Duration LONG = Duration.ofHours(1);

    private ResultsAudit() {}

    static List<Finding> of(Contents contents, Instant now) {
        List<Finding> findings = new ArrayList<>();
        add(
                findings,
                What.RESULT_TOO_EARLY,
                contents.places().jobs().values().stream()
                        .filter(job -> job.result() != null && job.state() != JobState.COMPLETED)
                        .map(StoredJob::id)
                        .toList());
        // Without an engine, nobody prunes them.
        if (contents.workers().byId().values().stream().anyMatch(worker -> hasLivedLong(worker, now))) {
            add(findings, What.WAITER_LEFT, contents.places().waiters().leftBehind(now));
        }
        return findings;
    }

    private static boolean hasLivedLong(Worker worker, Instant now) {
        return !worker.isSilent(now) && worker.startedAt().plus(LONG).isBefore(now);
    }

    private static void add(List<Finding> findings, What what, List<Long> jobs) {
        if (!jobs.isEmpty()) {
            findings.add(new Finding(what, jobs.size(), new JobId(jobs.get(0))));
        }
    }
}
