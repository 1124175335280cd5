package io.headrace.testkit;

import io.headrace.JobState;
import io.headrace.spi.Suspicion;
import io.headrace.spi.SweepReport;
import io.headrace.spi.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Forgets silent workers and puts the jobs of expired leases back. Guarded by the store's lock. */
final class SweepStep {

    /** What is recorded as the type of error of an attempt that ended with its lease. */
    private static final String LEASE_EXPIRED = "io.headrace.LeaseExpired";

    private final JobPlaces places;
    private final Map<Long, Worker> workers;
    private final Instant now;
    private long dissolved;
    private long returned;
    private long buried;

    SweepStep(JobPlaces places, Map<Long, Worker> workers, Instant now) {
        this.places = places;
        this.workers = workers;
        this.now = now;
    }

    SweepReport run() {
        int before = workers.size();
        workers.values().removeIf(worker -> worker.isSilent(now));
        for (Lease lease : places.currentLeases()) {
            if (!workers.containsKey(lease.worker())) {
                dissolve(lease, "worker " + lease.worker() + " fell silent");
            } else if (lease.isOverdue(now)) {
                dissolve(lease, "the lease's deadline passed");
            }
        }
        return new SweepReport(before - workers.size(), dissolved, returned, buried);
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
        job.recordFailure(now, new Verdict.Failure(LEASE_EXPIRED, reason, null));
        if (job.attempt() >= lease.maxAttempts(job)) {
            places.bury(lease, job, JobState.FAILED);
            buried++;
        } else {
            places.putBack(lease, job, now, now);
            returned++;
        }
    }
}
