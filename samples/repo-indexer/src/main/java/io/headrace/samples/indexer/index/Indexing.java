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
 * The handler. Each of its steps is recorded, so an attempt goes on where a killed one ended. A step that is killed leaves at most
 * a temporary folder, which the next start clears, and does the same again.
 */
@Component
final class Indexing {

    private static final int COUNTING_PERCENT = 90;
    private static final int SAVING_PERCENT = 95;

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
        return job.step("clone", String.class, () -> clone(job, repository))
                .flatMap(commit -> job.step("count", Count.class, () -> count(job, repository, commit))
                        .flatMap(count -> job.step("save", () -> save(job, repository, commit, count)))
                        .then(checkouts.keepOnly(repository.id(), commit)));
    }

    /** The commit: its tree is on the disk of the process that cloned it. */
    private Mono<String> clone(Job<IndexRepository> job, Repository repository) {
        return checkouts
                .latest(repository)
                .doOnNext(step -> job.progress(step.percentOf(COUNTING_PERCENT), step.doing()))
                .last()
                .mapNotNull(CheckoutStep::tree)
                .map(WorkingTree::commit);
    }

    private Mono<Count> count(Job<IndexRepository> job, Repository repository, String commit) {
        return checkouts
                .of(repository, commit)
                .last()
                .mapNotNull(CheckoutStep::tree)
                .flatMap(tree -> {
                    job.progress(COUNTING_PERCENT, "counting files");
                    return Counting.of(tree).map(Counting.Counted::sum);
                });
    }

    private Mono<Void> save(Job<IndexRepository> job, Repository repository, String commit, Count count) {
        job.progress(SAVING_PERCENT, "saving the counts");
        return repositories.setIndexed(repository.id(), commit, count.files(), count.lines(), count.bytes());
    }
}
