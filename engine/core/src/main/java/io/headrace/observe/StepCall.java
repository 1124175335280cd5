package io.headrace.observe;

import io.headrace.JobId;

/**
 * A step whose work runs in an attempt.
 *
 * @param name its name within the job
 */
public record StepCall(JobId job, String kind, String queue, int attempt, String name) {}
