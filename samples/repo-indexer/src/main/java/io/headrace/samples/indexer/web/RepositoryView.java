package io.headrace.samples.indexer.web;

import io.headrace.samples.indexer.repository.Indexed;
import io.headrace.samples.indexer.repository.Repository;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a repository stands, as it is shown.
 *
 * @param indexed what the last completed job found, if there was one
 */
record RepositoryView(
        UUID id, String url, JobView job, @Nullable Indexed indexed) {

    static RepositoryView of(Repository repository, JobView job) {
        return new RepositoryView(repository.id(), repository.address().url(), job, repository.indexed());
    }
}
