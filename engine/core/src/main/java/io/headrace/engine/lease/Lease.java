package io.headrace.engine.lease;

import io.headrace.spi.Verdict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A lease that this engine holds: how many of its jobs are unsettled, and which attempts are under way. Thread-safe. */
public final class Lease {

    private final long id;
    private final AtomicInteger unsettled = new AtomicInteger();
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
    private final Set<Long> cancelled = ConcurrentHashMap.newKeySet(0);
    private final HeardCancellations heard;
    private volatile boolean lost;
    private volatile boolean leaving;

    Lease(long id, HeardCancellations heard) {
        this.id = id;
        this.heard = heard;
    }

    public long id() {
        return id;
    }

    void hold() {
        unsettled.incrementAndGet();
    }

    /** How many of its jobs are unsettled. */
    public int unsettled() {
        return unsettled.get();
    }

    /** Answers whether this was the last of its jobs. */
    boolean letGo() {
        return unsettled.decrementAndGet() == 0;
    }

    /** Whether something runs under it, and it would be lost if it were gone. */
    boolean isAtWork() {
        return !attempts.isEmpty() && !leaving;
    }

    /** Its only job was completed in a transaction: with the commit the lease is gone, and that is no loss. */
    public void leaves() {
        leaving = true;
    }

    /** That transaction was rolled back. */
    public void stays() {
        leaving = false;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether a job is no longer this lease's, as far as is known. */
    public boolean hasLost(long job) {
        return lost || cancelled.contains(job) || heard.contains(job);
    }

    /** The lease belongs to somebody else: what runs under it is cancelled, and its outcome is not recorded. */
    void lose() {
        lost = true;
        breakOff(null);
    }

    /** Cancels what runs under it; each attempt ends with the verdict. */
    void breakOff(@Nullable Verdict verdict) {
        attempts.forEach(attempt -> attempt.breakOff(verdict));
    }

    /** These jobs were cancelled by somebody: what runs of them is too, and its outcome is not recorded. */
    void cancel(Set<Long> jobs) {
        cancelled.addAll(jobs);
        attempts.stream().filter(attempt -> jobs.contains(attempt.jobId())).forEach(attempt -> attempt.breakOff(null));
    }

    /** One job is no longer this lease's: what runs of it is cancelled, and its outcome is not recorded. */
    public void lose(long job) {
        cancel(Set.of(job));
    }

    public void begin(Attempt attempt) {
        attempts.add(attempt);
        if (hasLost(attempt.jobId())) {
            attempt.breakOff(null);
        }
    }

    public void end(Attempt attempt) {
        attempts.remove(attempt);
    }

    /** Passes the attempts at a job on to another lease, which holds the job from now on. */
    void passOn(long job, Lease to) {
        attempts.stream().filter(attempt -> attempt.jobId() == job).forEach(to::begin);
        end(job);
    }

    /** No attempt at a job is under way. */
    public void end(long job) {
        attempts.removeIf(attempt -> attempt.jobId() == job);
    }
}
