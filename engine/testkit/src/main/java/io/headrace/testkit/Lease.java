package io.headrace.testkit;

import io.headrace.spi.ClaimRequest.Terms;
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
    private final Map<Long, StoredJob> jobs = new LinkedHashMap<>();
    private int granted;

    Lease(long id, long worker, Terms terms, Instant now) {
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
        granted++;
    }

    /** Whether one job had it to itself from the start: nobody else can be to blame for its end. */
    boolean wasGrantedForOne() {
        return granted == 1;
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
