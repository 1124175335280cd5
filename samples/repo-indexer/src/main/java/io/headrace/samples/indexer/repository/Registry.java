package io.headrace.samples.indexer.repository;

import io.headrace.JobProducer;
import io.headrace.samples.indexer.address.GitAddress;
import io.headrace.spring.TransactionalJobClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;

/** Adds repositories. Thread-safe. */
@Component
public class Registry {

    private final Repositories repositories;
    private final JobProducer jobs;

    Registry(Repositories repositories, TransactionalJobClient client) {
        this.repositories = repositories;
        this.jobs = client.requiringTransaction();
    }

    /**
     * Saves the row and enqueues the job that indexes it, both or neither. Of a repository that is known the row stays, and a
     * job is enqueued unless one is waiting, running or failed.
     */
    @Transactional
    public Mono<Added> add(GitAddress address) {
        return repositories
                .save(address)
                .flatMap(id -> jobs.enqueue(IndexRepository.job(id))
                        .flatMap(job -> repositories
                                .setJob(id, job.id())
                                .thenReturn(new Added(id, address, job.id(), job.created()))));
    }
}
