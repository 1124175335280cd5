package io.headrace.spi;

/**
 * How far the loop of a job has come.
 *
 * @param lease the lease under which the job runs: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param nr greater than that of every earlier cursor of the job
 * @param passed the number of the cursor that was read or moved last; 0 for none
 * @param value the cursor as JSON text
 */
public record NewCursor(long lease, long job, long nr, long passed, String value) {}
