package io.headrace.engine.run;

import io.headrace.BatchOutcome;
import io.headrace.BatchOutcomeException;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.OutcomeEncoder;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a batch handler says of its jobs, until its publisher completes. */
final class BatchOutcomes {

    private final String kind;
    private final OutcomeEncoder encoder;
    private Set<JobId> jobs = Set.of();
    private @Nullable Map<JobId, BatchOutcome> ofOne;
    private @Nullable JobOutcome ofAll;

    BatchOutcomes(String kind, OutcomeEncoder encoder) {
        this.kind = kind;
        this.encoder = encoder;
    }

    /** Of which jobs something can be said. */
    void of(Set<JobId> called) {
        jobs = called;
    }

    /**
     * Takes what the handler emits. What says nothing about jobs is ignored.
     *
     * @throws BatchOutcomeException if it contradicts what was said before
     */
    void add(Object value) {
        if (value instanceof BatchOutcome outcome) {
            add(outcome);
        } else if (value instanceof JobOutcome outcome) {
            addForAll(outcome);
        } else if (value instanceof Iterable<?> values) {
            for (Object each : values) {
                addOfSeveral(each);
            }
        }
    }

    private void addOfSeveral(Object value) {
        if (value instanceof BatchOutcome outcome) {
            add(outcome);
        } else if (value instanceof JobOutcome) {
            throw new BatchOutcomeException(
                    kind, null, "emitted a list of outcomes that name no job. Use BatchOutcome.of(job, outcome)");
        }
    }

    private void add(BatchOutcome outcome) {
        JobId job = outcome.job();
        if (!jobs.contains(job)) {
            throw new BatchOutcomeException(
                    kind, job, "emitted an outcome for job " + job + ", which is not in the batch");
        }
        Map<JobId, BatchOutcome> all = ofOne;
        if (all == null) {
            all = new HashMap<>();
            ofOne = all;
        }
        if (all.putIfAbsent(job, outcome) != null) {
            throw new BatchOutcomeException(
                    kind, job, "emitted two outcomes for job " + job + ". Emit one for each job at most");
        }
    }

    private void addForAll(JobOutcome outcome) {
        if (ofAll != null) {
            throw new BatchOutcomeException(
                    kind,
                    null,
                    "emitted two outcomes for all jobs. To decide about a single job, use BatchOutcome.of(job, outcome)");
        }
        ofAll = outcome;
    }

    /** What becomes of a job. Of which nothing was said, that is completed. */
    Verdict verdict(LeasedJob job, RetryPolicy policy) {
        BatchOutcome own = ofOne == null ? null : ofOne.get(new JobId(job.job().id()));
        if (own != null && own.error() != null) {
            return Verdicts.of(own.error(), job, policy);
        }
        JobOutcome outcome = own == null ? ofAll : own.outcome();
        return outcome == null ? Verdict.Completed.INSTANCE : Verdicts.of(outcome, job, policy, encoder);
    }
}
