package io.headrace;

/**
 * How many jobs of one kind ended in one queue, and how. What was forgotten, its retention over, counts on.
 *
 * @param queue the queue
 * @param kind the kind
 * @param completed how many ever completed
 * @param failed how many failed tombstones there are now: each can be retried
 * @param cancelled how many were ever cancelled
 * @param discarded how many failed and were ever discarded
 * @param prunedFailed how many failed and were forgotten with nobody having decided about them; never counted as completed
 */
public record JobTotals(
        String queue, String kind, long completed, long failed, long cancelled, long discarded, long prunedFailed) {}
