package pages;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/enqueueing.md. */
final class Enqueueing {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    private final JobClient client;

    Enqueueing(JobStore store) {
        client = JobClient.create(store);
    }

    Mono<JobId> enqueue(Letter letter) {
        return client.enqueue(SEND.job(letter)).map(Enqueued::id);
    }

    Mono<Enqueued> enqueueUrgent(Letter letter) {
        return client.enqueue(SEND.job(letter)
                .queue("post")
                .priority(0)
                .delay(Duration.ofMinutes(5))
                .maxAttempts(3)
                .header("tenant", "mill"));
    }

    Mono<List<Enqueued>> enqueueAllOrNone(List<Letter> letters) {
        return client.enqueueAll(letters.stream().map(SEND::job).toList());
    }

    Flux<Enqueued> enqueueStream(Flux<Letter> letters) {
        return client.enqueueAll(letters.map(SEND::job));
    }
}
