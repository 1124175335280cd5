package io.headrace.samples.indexer.web;

import io.headrace.JobId;
import io.headrace.samples.indexer.address.AddressCheck;
import io.headrace.samples.indexer.repository.Added;
import io.headrace.samples.indexer.repository.Registry;
import io.headrace.samples.indexer.repository.Repositories;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Repositories over HTTP. */
@RestController
@RequestMapping("/repos")
final class RepositoryController {

    private final AddressCheck addresses;
    private final Registry registry;
    private final Repositories repositories;
    private final JobWatch jobs;

    RepositoryController(AddressCheck addresses, Registry registry, Repositories repositories, JobWatch jobs) {
        this.addresses = addresses;
        this.registry = registry;
        this.repositories = repositories;
        this.jobs = jobs;
    }

    /** What is sent to add a repository. */
    record NewRepository(@Nullable String url) {}

    /**
     * What is answered.
     *
     * @param job names the job that indexes it
     * @param enqueued whether that job is new; if not, it was waiting, running or failed already
     */
    record AddedView(UUID id, String url, JobId job, boolean enqueued) {

        static AddedView of(Added added) {
            return new AddedView(added.id(), added.address().url(), added.job(), added.enqueued());
        }
    }

    @PostMapping
    Mono<ResponseEntity<AddedView>> add(@RequestBody NewRepository sent) {
        return registry.add(addresses.read(sent.url()))
                .map(added -> ResponseEntity.accepted()
                        .location(URI.create("/repos/" + added.id()))
                        .body(AddedView.of(added)));
    }

    @GetMapping("/{id}")
    Mono<RepositoryView> get(@PathVariable("id") UUID id) {
        return repositories
                .get(id)
                .flatMap(repository ->
                        jobs.watch(repository.job()).next().map(job -> RepositoryView.of(repository, job)));
    }

    /** The stream ends with the job; a client that goes away ends the watching. */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<JobView>> events(@PathVariable("id") UUID id) {
        return repositories
                .get(id)
                .flatMapMany(repository -> jobs.watch(repository.job()))
                .map(job -> ServerSentEvent.builder(job).event("job").build());
    }
}
