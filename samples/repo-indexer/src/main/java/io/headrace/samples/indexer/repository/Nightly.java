package io.headrace.samples.indexer.repository;

import io.headrace.schedule.Fire;
import io.headrace.schedule.Overlap;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobSchedule;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Indexes all repositories again, every night. Run again, it finds the jobs that it has enqueued before. */
@Component
final class Nightly {

    private final Repositories repositories;
    private final Registry registry;

    Nightly(Repositories repositories, Registry registry) {
        this.repositories = repositories;
        this.registry = registry;
    }

    @JobSchedule(name = "nightly-index", cron = "0 3 * * *", overlap = Overlap.SKIP)
    @HandlesJob("index-all")
    Mono<Void> indexAll(Fire fire) {
        return repositories.addresses().concatMap(registry::add).then();
    }
}
