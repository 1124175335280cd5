package io.headrace.samples.indexer.repository;

import io.headrace.JobType;
import io.headrace.NewJob;
import java.util.UUID;

/**
 * What the job carries.
 *
 * @param repository the id of its row
 */
public record IndexRepository(UUID repository) {

    /** The text that the jobs are stored under. */
    public static final String KIND = "index-repository";

    private static final JobType<IndexRepository> TYPE = JobType.of(KIND, IndexRepository.class);

    /** At most one at a time for a repository. */
    public static NewJob<IndexRepository> job(UUID repository) {
        return TYPE.job(new IndexRepository(repository)).uniqueKey(repository.toString());
    }
}
