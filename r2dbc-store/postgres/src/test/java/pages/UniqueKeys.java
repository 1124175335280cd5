package pages;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.spi.JobStore;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The program of docs/unique-keys.md. */
final class UniqueKeys {

    record IndexRepository(String url) {}

    static final JobType<IndexRepository> INDEX = JobType.of("index-repository", IndexRepository.class);

    private final JobClient client;

    UniqueKeys(JobStore store) {
        client = JobClient.create(store);
    }

    Mono<Enqueued> index(String url) {
        return client.enqueue(INDEX.job(new IndexRepository(url)).uniqueKey(url));
    }

    Mono<Enqueued> indexCommit(String url, String commit) {
        return client.enqueue(INDEX.job(new IndexRepository(url)).uniqueKey(url + "@" + commit));
    }

    Mono<Enqueued> indexDaily(String url) {
        return client.enqueue(
                INDEX.job(new IndexRepository(url)).uniqueKey("daily " + url).uniqueFor(Duration.ofDays(1)));
    }

    Mono<Boolean> indexForUser(String user, String url) {
        return client.enqueue(INDEX.job(new IndexRepository(url)).throttle(user, 10, Duration.ofHours(1)))
                .map(enqueued -> enqueued.reason() != Enqueued.Reason.THROTTLED);
    }

    Mono<Enqueued> indexOncePushesPause(String url) {
        return client.enqueue(
                INDEX.job(new IndexRepository(url)).debounce(url, Duration.ofSeconds(30), Duration.ofMinutes(5)));
    }
}
