package io.headrace;

/**
 * How many jobs of one kind ended in one queue, by state. Jobs that were pruned after their retention still count.
 *
 * @param queue the queue
 * @param kind the kind
 * @param completed how many have ever completed
 * @param failed how many failed tombstones there are now; each can be retried
 * @param cancelled how many have ever been cancelled
 * @param discarded how many failed and have ever been discarded
 * @param prunedFailed how many failed and were pruned without having been retried or discarded; never counted as
 *     completed
 */
public record JobTotals(
        String queue, String kind, long completed, long failed, long cancelled, long discarded, long prunedFailed) {}
