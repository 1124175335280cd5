package io.headrace.samples.indexer.web;

import io.headrace.samples.indexer.checkout.Checkouts;
import io.headrace.samples.indexer.index.Count;
import io.headrace.samples.indexer.index.Counting;
import io.headrace.samples.indexer.index.LanguageCount;
import io.headrace.samples.indexer.repository.Repositories;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What is in a repository's files, over HTTP. */
@RestController
final class FilesController {

    private final Repositories repositories;
    private final Checkouts checkouts;

    FilesController(Repositories repositories, Checkouts checkouts) {
        this.repositories = repositories;
        this.checkouts = checkouts;
    }

    /** How much there is of each language in a commit. */
    record FilesView(String commit, Count sum, List<LanguageCount> languages) {}

    /** Counted from the working tree, which is cloned again if it is gone; also if it goes while it is counted. */
    @GetMapping("/repos/{id}/files")
    Mono<FilesView> files(@PathVariable("id") UUID id) {
        return repositories
                .get(id)
                .flatMap(checkouts::indexed)
                .flatMap(tree -> Counting.of(tree)
                        .map(counted -> new FilesView(tree.commit(), counted.sum(), counted.languages())))
                .retryWhen(Retry.max(1).filter(NoSuchFileException.class::isInstance));
    }
}
