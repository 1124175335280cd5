package io.headrace;

/**
 * The answer to an enqueue.
 *
 * @param id the job's id: the new one's, or the one's that already had the unique key
 * @param created whether the job is new; never false without a unique key. False says that the job with this id held the
 *     key at that moment: it may be running already, and it may end before a transaction of yours is committed
 */
public record Enqueued(JobId id, boolean created) {}
