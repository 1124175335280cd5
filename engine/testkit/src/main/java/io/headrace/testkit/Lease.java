package io.headrace.testkit;

import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.Suspicion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs that one worker has been granted together. Guarded by the store's lock. */
final class Lease {

    private final long id;
    private final long worker;
    private final Instant leasedAt;
    private final int maxAttempts;
    private final Instant deadline;
    private final Suspicion suspicion;
    private final Map<Long, StoredJob> jobs = new LinkedHashMap<>();

    Lease(long id, long worker, Terms terms, Suspicion suspicion, Instant now) {
        this.suspicion = suspicion;
        this.leasedAt = now;
        this.id = id;
        this.worker = worker;
        this.maxAttempts = terms.maxAttempts();
        this.deadline = now.plus(terms.deadline());
    }

    long id() {
        return id;
    }

    Instant leasedAt() {
        return leasedAt;
    }

    long worker() {
        return worker;
    }

    /** Those still running. */
    Map<Long, StoredJob> jobs() {
        return jobs;
    }

    void grant(StoredJob job) {
        jobs.put(job.id(), job);
    }

    /** How much its jobs are suspected. */
    Suspicion suspicion() {
        return suspicion;
    }

    boolean isOverdue(Instant now) {
        return !now.isBefore(deadline);
    }

    /** After how many attempts a job under it has failed. */
    int maxAttempts(StoredJob job) {
        Integer own = job.content().maxAttempts();
        return own == null ? maxAttempts : own;
    }
}
