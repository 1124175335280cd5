package io.headrace.testkit.memory.places;

import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.Suspicion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs that one worker has been granted together. Guarded by the store's lock. */
public final class Lease {

    private final long id;
    private final long worker;
    private final Instant leasedAt;
    private final int maxAttempts;
    private final Instant deadline;
    private final Suspicion suspicion;
    private final Map<Long, StoredJob> jobs = new LinkedHashMap<>();

    public Lease(long id, long worker, Terms terms, Suspicion suspicion, Instant now) {
        this.suspicion = suspicion;
        this.leasedAt = now;
        this.id = id;
        this.worker = worker;
        this.maxAttempts = terms.maxAttempts();
        this.deadline = now.plus(terms.deadline());
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
