package io.headrace.spi;

/**
 * The verdict on a job's attempt, together with the lease under which it ran.
 *
 * @param lease the lease under which the job ran: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param keyed whether the job has a unique key, which the verdict may release
 * @param verdict what the store is to do with the job
 */
public record Settlement(long lease, long job, boolean keyed, Verdict verdict) {}
