package io.headrace.spi;

import io.headrace.JobProgress;
import org.jspecify.annotations.Nullable;

/**
 * What a running job says of its progress.
 *
 * @param lease the lease under which it runs: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param progress how far it has come; {@code null} when the attempt is over and what was said can be forgotten
 */
public record ProgressNote(long lease, long job, @Nullable JobProgress progress) {}
