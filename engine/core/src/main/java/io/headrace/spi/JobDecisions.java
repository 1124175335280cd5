package io.headrace.spi;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Decisions of operators about jobs, and the pruning that follows from retentions. */
public interface JobDecisions {

    /**
     * Ends a live job as a cancelled tombstone, and releases its unique key. A leased job leaves its lease at once, and
     * its worker is notified with its next heartbeat.
     */
    Mono<CancelAnswer> cancel(JobId id);

    /**
     * Makes a waiting job due now, and announces it with {@link JobStore#wakeUps()}. It keeps its attempts. A job that is
     * due already keeps its place.
     *
     * @return whether the job waits
     */
    Mono<Boolean> runNow(JobId id);

    /** Pauses a queue: once this completes, and until {@link #resume}, claims return no jobs from it. Idempotent. */
    Mono<Void> pause(String queue);

    /** Resumes a queue, and announces it to all workers with {@link JobStore#wakeUps()}. */
    Mono<Void> resume(String queue);

    /**
     * Makes failed tombstones pending again, due now, with their attempts reset. They keep their unique keys, and their
     * failures stay on record. Works in atomic chunks. A job that somebody else decides about at the same moment counts
     * as raced and does not stop the call.
     */
    Mono<RetryReport> retryFailed(FailedJobs which);

    /**
     * Retries one of the failed tombstones, the one with the highest id that nobody else is deciding about.
     *
     * @return its id; empty if there is none
     */
    Mono<JobId> probe(FailedJobs which);

    /**
     * Turns failed tombstones into discarded ones and releases their unique keys. Works in chunks, like
     * {@link #retryFailed}.
     */
    Mono<DiscardReport> discard(FailedJobs which);

    /**
     * Prunes tombstones that are older than the retention, at most one chunk, and releases their unique keys. Pruned
     * tombstones are recorded by queue and kind, so that later calls about them can be answered. Also forgets what
     * throttles and debounces need not remember any more.
     *
     * @return the number of pruned tombstones; 0 when none are left
     */
    Mono<Long> prune(Duration retention);

    /**
     * Prunes all jobs that completed longer ago than the retention and can be pruned by now, and adds them to the
     * totals. No job that completed later is pruned, and no live job. A store may keep jobs for a while longer. A store
     * that partitions jobs by time also creates its next partitions here: every engine calls this method about once a
     * minute.
     *
     * @return the number of pruned jobs
     */
    Mono<Long> pruneCompleted(Duration retention);
}
