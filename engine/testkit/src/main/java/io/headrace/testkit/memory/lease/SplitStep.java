package io.headrace.testkit.memory.lease;

import io.headrace.spi.LeasedPart;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Gives jobs leases of their own. Guarded by the store's lock. */
final class SplitStep {

    private final JobPlaces places;
    private final long worker;
    private final LongSupplier leaseIds;
    private final Instant now;
    private final Set<Long> named = new HashSet<>();

    SplitStep(JobPlaces places, long worker, LongSupplier leaseIds, Instant now) {
        this.places = places;
        this.worker = worker;
        this.leaseIds = leaseIds;
        this.now = now;
    }

    List<Long> run(List<LeasedPart> parts) {
        List<Long> leases = new ArrayList<>(parts.size());
        for (LeasedPart part : parts) {
            leases.add(named.add(part.job()) ? split(part) : 0L);
        }
        return leases;
    }

    private long split(LeasedPart part) {
        Lease lease = places.leases().get(part.lease());
        StoredJob job =
                lease == null || lease.worker() != worker ? null : lease.jobs().get(part.job());
        if (lease == null || job == null) {
            return 0;
        }
        if (lease.jobs().size() == 1) {
            return lease.id();
        }
        long own = leaseIds.getAsLong();
        places.split(lease, job, own, now);
        return own;
    }
}
