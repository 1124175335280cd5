package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;

/**
 * The result of enqueueing jobs for which a worker had room.
 *
 * @param enqueued the result for each job, in the order of the jobs
 * @param claimed all of the jobs under leases, or none if they are pending like any other
 */
public record EnqueuedClaim(List<Enqueued> enqueued, List<ClaimedJob> claimed) {}
