package io.headrace.testkit.memory.lease;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One claim: picks the jobs, then grants the leases. Guarded by the store's lock. */
final class ClaimStep {

    private final JobPlaces places;
    private final ClaimRequest request;
    private final LongSupplier leaseIds;
    private final Instant now;
    private final List<StoredJob> picked = new ArrayList<>();
    private final Map<Group, Lease> shared = new HashMap<>();
    private final Set<Suspicion> suspected = EnumSet.noneOf(Suspicion.class);
    private boolean exhausted = true;
    private @Nullable Instant nextDue;

    ClaimStep(JobPlaces places, ClaimRequest request, LongSupplier leaseIds, Instant now) {
        this.places = places;
        this.request = request;
        this.leaseIds = leaseIds;
        this.now = now;
    }

    Claim run() {
        places.pendingIn(request.queue()).stream()
                .filter(job -> request.kinds().containsKey(job.content().kind()))
                .forEach(this::consider);
        List<ClaimedJob> jobs = picked.stream().map(this::grant).toList();
        Duration wait = exhausted && nextDue != null ? Duration.between(now, nextDue) : null;
        return new Claim(jobs, exhausted, wait, Set.copyOf(suspected));
    }

    private void consider(StoredJob job) {
        if (!job.isDue(now)) {
            nextDue = nextDue == null || job.runAt().isBefore(nextDue) ? job.runAt() : nextDue;
            return;
        }
        if (job.suspicion() != Suspicion.NONE) {
            suspected.add(job.suspicion());
        }
        if (job.suspicion() != request.suspicion() || hasOneStronglySuspected()) {
            return;
        }
        if (picked.size() < request.limit()) {
            picked.add(job);
        } else {
            exhausted = false;
        }
    }

    /** One that is lost with its worker is charged: there must be no doubt which. */
    private boolean hasOneStronglySuspected() {
        return request.suspicion() == Suspicion.STRONG
                && places.leases().values().stream()
                        .anyMatch(lease -> lease.worker() == request.worker() && lease.suspicion() == Suspicion.STRONG);
    }

    private ClaimedJob grant(StoredJob job) {
        Lease lease = shared.computeIfAbsent(Group.of(job), group -> newLease(job));
        places.lease(job, lease);
        return job.claimedUnder(lease.id(), now, request.withholding());
    }

    private Lease newLease(StoredJob job) {
        Terms terms = Objects.requireNonNull(request.kinds().get(job.content().kind()));
        return new Lease(leaseIds.getAsLong(), request.worker(), terms, request.suspicion(), now);
    }

    /** What the jobs of one lease have in common. */
    private record Group(String kind, int priority, int attempt) {
        static Group of(StoredJob job) {
            return new Group(job.content().kind(), job.content().priority(), job.attempt());
        }
    }
}
