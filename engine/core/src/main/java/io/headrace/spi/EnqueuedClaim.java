package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;

/**
 * What became of jobs that were enqueued where a worker had room for them.
 *
 * @param enqueued an answer for each, in their order
 * @param claimed all of them under leases, or none if they are pending as any other
 */
public record EnqueuedClaim(List<Enqueued> enqueued, List<ClaimedJob> claimed) {}
