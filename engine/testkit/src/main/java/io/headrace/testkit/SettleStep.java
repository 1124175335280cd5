package io.headrace.testkit;

import io.headrace.JobState;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records outcomes, those that come in time. Guarded by the store's lock. */
final class SettleStep {

    private final JobPlaces places;
    private final long worker;
    private final Instant now;

    SettleStep(JobPlaces places, long worker, Instant now) {
        this.places = places;
        this.worker = worker;
        this.now = now;
    }

    /** Answers those that came too late. */
    List<Settlement> run(List<Settlement> settlements) {
        List<Settlement> late = new ArrayList<>();
        for (Settlement settlement : settlements) {
            Lease lease = places.leases().get(settlement.lease());
            StoredJob job = lease == null ? null : stillIn(lease, settlement.job());
            if (lease == null || job == null) {
                late.add(settlement);
            } else {
                record(lease, job, settlement);
            }
        }
        return late;
    }

    private @Nullable StoredJob stillIn(Lease lease, long job) {
        return lease.worker() == worker ? lease.jobs().get(job) : null;
    }

    private void record(Lease lease, StoredJob job, Settlement settlement) {
        Verdict verdict = settlement.verdict();
        if (verdict instanceof Verdict.Completed) {
            places.complete(lease, job, now);
            releaseKey(settlement, job);
        } else if (verdict instanceof Verdict.Retried retried) {
            job.recordFailure(now, retried.failure());
            job.suspectNoMore();
            places.putBack(lease, job, now.plus(retried.delay()), now);
        } else if (verdict instanceof Verdict.Snoozed snoozed) {
            job.uncharge();
            job.suspectNoMore();
            places.putBack(lease, job, now.plus(snoozed.delay()), now);
        } else if (verdict instanceof Verdict.Released) {
            job.uncharge();
            places.putBack(lease, job, job.runAt(), now);
        } else if (verdict instanceof Verdict.Failed failed) {
            job.recordFailure(now, failed.failure());
            places.bury(lease, job, JobState.FAILED);
        } else if (verdict instanceof Verdict.Cancelled cancelled) {
            job.recordFailure(now, cancelled.reason());
            places.bury(lease, job, JobState.CANCELLED);
            releaseKey(settlement, job);
        }
    }

    /** Trusts the settlement's word, as a store with a table of keys does: a wrong one is then found by the audit. */
    private void releaseKey(Settlement settlement, StoredJob job) {
        if (settlement.keyed()) {
            places.releaseKey(job);
        }
    }
}
