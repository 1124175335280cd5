package io.headrace.samples.indexer.repository;

import io.headrace.JobId;
import io.headrace.samples.indexer.address.GitAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A repository that is known.
 *
 * @param id names it
 * @param address where it is
 * @param job the last job that was enqueued for it
 * @param indexed what was found in it; {@code null} before the first job has completed
 */
public record Repository(
        UUID id, GitAddress address, JobId job, @Nullable Indexed indexed) {}
