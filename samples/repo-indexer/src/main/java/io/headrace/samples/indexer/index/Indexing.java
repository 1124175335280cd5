package io.headrace.samples.indexer.index;

import io.headrace.Job;
import io.headrace.samples.indexer.checkout.CheckoutStep;
import io.headrace.samples.indexer.checkout.Checkouts;
import io.headrace.samples.indexer.checkout.WorkingTree;
import io.headrace.samples.indexer.repository.IndexRepository;
import io.headrace.samples.indexer.repository.Repositories;
import io.headrace.samples.indexer.repository.Repository;
import io.headrace.spring.HandlesJob;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The handler. Run again, it finds the tree that is there already, counts the same and records the same; killed, it leaves a
 * temporary folder that the next start clears.
 */
@Component
final class Indexing {

    private static final int COUNTING_PERCENT = 90;

    private final Repositories repositories;
    private final Checkouts checkouts;

    Indexing(Repositories repositories, Checkouts checkouts) {
        this.repositories = repositories;
        this.checkouts = checkouts;
    }

    @HandlesJob(IndexRepository.KIND)
    Mono<Void> index(Job<IndexRepository> job) {
        return repositories.get(job.payload().repository()).flatMap(repository -> index(job, repository));
    }

    private Mono<Void> index(Job<IndexRepository> job, Repository repository) {
        return checkouts
                .latest(repository)
                .doOnNext(step -> job.progress(step.percentOf(COUNTING_PERCENT), step.doing()))
                .last()
                .mapNotNull(CheckoutStep::tree)
                .flatMap(tree -> {
                    job.progress(COUNTING_PERCENT, "counting files");
                    return count(repository, tree);
                });
    }

    private Mono<Void> count(Repository repository, WorkingTree tree) {
        return Counting.of(tree)
                .flatMap(all -> repositories.setIndexed(
                        repository.id(),
                        tree.commit(),
                        all.sum().files(),
                        all.sum().lines(),
                        all.sum().bytes()))
                .then(checkouts.keepOnly(repository.id(), tree));
    }
}
