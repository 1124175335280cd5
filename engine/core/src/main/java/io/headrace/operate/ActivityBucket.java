package io.headrace.operate;

import java.time.Instant;

/**
 * How many attempts ended in a part of the time of an {@link Activity}.
 *
 * @param from when it begins
 * @param completed the number of jobs that completed
 * @param retried the number of failed attempts that a retry followed or follows
 * @param failed the number of jobs that failed, and have been neither retried nor discarded since
 */
public record ActivityBucket(Instant from, long completed, long retried, long failed) {}
