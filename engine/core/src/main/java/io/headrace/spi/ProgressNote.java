package io.headrace.spi;

import io.headrace.JobProgress;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a running job.
 *
 * @param lease the lease under which the job runs: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param progress the progress; {@code null} when the attempt is over and the progress can be deleted
 */
public record ProgressNote(long lease, long job, @Nullable JobProgress progress) {}
