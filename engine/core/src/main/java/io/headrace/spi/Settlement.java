package io.headrace.spi;

/**
 * The outcome of one job's attempt.
 *
 * @param lease the lease under which it ran: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param keyed whether it has a unique key, to be released if the verdict does that
 * @param verdict what became of it
 */
public record Settlement(long lease, long job, boolean keyed, Verdict verdict) {}
