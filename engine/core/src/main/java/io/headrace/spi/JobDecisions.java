package io.headrace.spi;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** What people decide about jobs, and what time decides where they do not. */
public interface JobDecisions {

    /**
     * Ends a job that has yet to end, as a cancelled tombstone, and releases its unique key. A leased one leaves its lease at
     * once; its worker learns of it by its next heartbeat.
     */
    Mono<CancelAnswer> cancel(JobId id);

    /** From when this completes, and until {@link #resume}, no claim finds anything in the queue. Again, it changes nothing. */
    Mono<Void> pause(String queue);

    /** Takes a pause back, and announces the queue by {@link JobStore#wakeUps()} to everybody. */
    Mono<Void> resume(String queue);

    /**
     * Makes failed tombstones pending again, due now, their attempts counted from the start; they keep their unique keys, and
     * their failures stay on record. Works in chunks: each is whole or not at all, and a job that somebody else decided about
     * at the same moment counts as raced and stops nothing.
     */
    Mono<RetryReport> retryFailed(FailedJobs which);

    /** Turns failed tombstones into discarded ones and releases their unique keys. Works in chunks, as retrying does. */
    Mono<DiscardReport> discard(FailedJobs which);

    /**
     * Forgets tombstones that are older than the retention, at most a chunk of them, and releases their unique keys. What is
     * forgotten is noted by queue and kind, so that a later question about it has an answer.
     *
     * @return how many; 0 when none are left
     */
    Mono<Long> prune(Duration retention);

    /**
     * Forgets jobs that completed longer ago than the retention, all that can be forgotten by now, and adds them to the totals.
     * None that completed later is forgotten, and nothing that has yet to end. A store may keep them for a while longer. One
     * that keeps jobs by time makes room for the time to come as well: it is called about once a minute, by every engine.
     *
     * @return how many
     */
    Mono<Long> pruneCompleted(Duration retention);
}
