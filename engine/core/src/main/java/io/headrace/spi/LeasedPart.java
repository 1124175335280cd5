package io.headrace.spi;

/**
 * A job of a lease.
 *
 * @param lease the lease
 * @param job the job, as in {@link io.headrace.JobId#value()}
 */
public record LeasedPart(long lease, long job) {}
