package io.headrace.testkit.memory.upkeep;

import io.headrace.JobState;
import io.headrace.spi.Suspicion;
import io.headrace.spi.SweepReport;
import io.headrace.spi.Verdict;
import io.headrace.spi.WorkerId;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import io.headrace.testkit.memory.places.Workers;
import java.time.Instant;
import java.util.List;

/** Forgets silent workers and puts the jobs of expired leases back. Guarded by the store's lock. */
final class SweepStep {

    private final JobPlaces places;
    private final Workers workers;
    private final Instant hearingSince;
    private final Instant now;
    private long dissolved;
    private long returned;
    private long buried;

    /** @param by the worker that sweeps, which knows of nobody's silence while it was out of reach itself */
    SweepStep(JobPlaces places, Workers workers, long by, Instant now) {
        this.places = places;
        this.workers = workers;
        this.now = now;
        Worker sweeper = workers.find(by);
        this.hearingSince = sweeper == null || sweeper.isSilent(now) ? Instant.MAX : sweeper.heardSince();
    }

    SweepReport run() {
        int silent = workers.removeSilent(worker -> worker.isSilent(now) && worker.hadItsChance(hearingSince, now));
        for (Lease lease : places.currentLeases()) {
            Worker holder = workers.find(lease.worker());
            if (lease.isInTransaction()) {
                continue;
            }
            if (holder == null) {
                dissolve(lease, "worker " + new WorkerId(lease.worker()) + " fell silent");
            } else if (lease.isOverdue(now) && holder.hadItsChance(hearingSince, now)) {
                dissolve(lease, "the lease's deadline passed");
            }
        }
        places.keys().sweep(now);
        return new SweepReport(silent, dissolved, returned, buried);
    }

    private void dissolve(Lease lease, String reason) {
        dissolved++;
        for (StoredJob job : List.copyOf(lease.jobs().values())) {
            job.suspectMore();
            if (lease.suspicion() == Suspicion.STRONG) {
                charge(lease, job, reason);
            } else {
                job.uncharge();
                places.putBack(lease, job, job.runAt(), now);
                returned++;
            }
        }
    }

    private void charge(Lease lease, StoredJob job, String reason) {
        job.recordFailure(
                now,
                Verdict.Failure.ofType(Verdict.Failure.LEASE_EXPIRED, reason),
                workers.marks().version(lease.worker()));
        if (job.attempt() >= lease.maxAttempts(job)) {
            places.bury(lease, job, JobState.FAILED);
            buried++;
        } else {
            places.putBack(lease, job, now, now);
            returned++;
        }
    }
}
