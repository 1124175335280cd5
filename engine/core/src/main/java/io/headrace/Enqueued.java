package io.headrace;

/**
 * The result of an enqueue.
 *
 * @param id the id of the new job, or of the job that already holds the unique key
 * @param created whether the job is new; always {@code true} without a unique key. {@code false} means that the job
 *     with this id held the key at that moment: it may already be running, and it may end before your transaction is
 *     committed. With {@link NewJob#uniqueFor}, it may have ended already, and may even be pruned
 */
public record Enqueued(JobId id, boolean created) {}
