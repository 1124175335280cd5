package io.headrace.engine;

import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;

/**
 * A job on its way through this engine.
 *
 * @param job the job
 * @param lease the lease it is under
 * @param claimer who leased it, and counts it until it is settled
 * @param claimedMillis when it came, on the engine's own clock
 * @param suspicion how much it is suspected
 */
record LeasedJob(ClaimedJob job, Lease lease, JobClaimer claimer, long claimedMillis, Suspicion suspicion) {}
