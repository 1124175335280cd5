package io.headrace.samples.indexer.repository;

import io.headrace.JobId;
import io.headrace.samples.indexer.address.GitAddress;
import java.util.UUID;

/**
 * The answer to adding a repository.
 *
 * @param id names it; the one that it has had, if it was known
 * @param address as it was stored
 * @param job the job that indexes it
 * @param enqueued whether that job is new; if not, one of before is waiting, running or failed
 */
public record Added(UUID id, GitAddress address, JobId job, boolean enqueued) {}
