package io.headrace.testkit.memory.places;

import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.Suspicion;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs that one worker has been granted together. Guarded by the store's lock. */
public final class Lease {

    private final long id;
    private final long worker;
    private final Instant leasedAt;
    private final int maxAttempts;
    private final Instant deadline;
    private final Suspicion suspicion;
    private final Map<Long, StoredJob> jobs = new LinkedHashMap<>();
    private final Set<Object> keepers = new HashSet<>();
    private @Nullable Object transaction;

    public Lease(long id, long worker, Terms terms, Suspicion suspicion, Instant now) {
        this(id, worker, terms.maxAttempts(), now.plus(terms.deadline()), suspicion, now);
    }

    private Lease(long id, long worker, int maxAttempts, Instant deadline, Suspicion suspicion, Instant now) {
        this.id = id;
        this.worker = worker;
        this.maxAttempts = maxAttempts;
        this.deadline = deadline;
        this.suspicion = suspicion;
        this.leasedAt = now;
    }

    /** Another lease on the same terms, to which one of the jobs moves. */
    Lease apart(long otherId, StoredJob job, Instant now) {
        Lease other = new Lease(otherId, worker, maxAttempts, deadline, suspicion, now);
        jobs.remove(job.id());
        other.grant(job);
        return other;
    }

    public long id() {
        return id;
    }

    public Instant leasedAt() {
        return leasedAt;
    }

    public Instant deadline() {
        return deadline;
    }

    public long worker() {
        return worker;
    }

    /** Whether a transaction that has not ended holds it: others leave it alone. */
    public boolean isInTransaction() {
        return isTaken() || !keepers.isEmpty();
    }

    /** Whether a transaction that has not ended is about to complete its job. */
    public boolean isTaken() {
        return transaction != null;
    }

    /** The transaction has recorded a step of its job. */
    public void keptBy(Object by) {
        keepers.add(by);
    }

    /** The transaction is about to complete its job. */
    public void takenInto(Object into) {
        transaction = into;
    }

    /** The transaction has ended, if it held this. */
    public void letGoBy(Object by) {
        keepers.remove(by);
        if (transaction == by) {
            transaction = null;
        }
    }

    /** Those still running. */
    public Map<Long, StoredJob> jobs() {
        return jobs;
    }

    public void grant(StoredJob job) {
        jobs.put(job.id(), job);
    }

    /** How much its jobs are suspected. */
    public Suspicion suspicion() {
        return suspicion;
    }

    public boolean isOverdue(Instant now) {
        return !now.isBefore(deadline);
    }

    /** After how many attempts a job under it has failed. */
    public int maxAttempts(StoredJob job) {
        Integer own = job.content().maxAttempts();
        return own == null ? maxAttempts : own;
    }
}
