package pages;

import io.headrace.CancelAnswer;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.spi.JobStore;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/outcomes.md. */
final class Outcomes {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    static final class RateLimitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Duration retryAfter() {
            return Duration.ofMinutes(1);
        }
    }

    interface Post {
        boolean isOpen();

        boolean isStillWanted(Letter letter);

        Mono<Void> send(Letter letter);
    }

    private final Post post;
    private final JobClient client;

    Outcomes(JobStore store, Post post) {
        this.post = post;
        this.client = JobClient.create(store);
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store).subscribe(SEND, this::send).build();
    }

    Mono<JobOutcome> send(Job<Letter> job) {
        Letter letter = job.payload();
        if (letter.to().isEmpty()) {
            return Mono.just(JobOutcome.fail("no address"));
        }
        if (!post.isStillWanted(letter)) {
            return Mono.just(JobOutcome.cancel("withdrawn by its author"));
        }
        if (!post.isOpen()) {
            return Mono.just(JobOutcome.snooze(Duration.ofHours(8)));
        }
        return post.send(letter)
                .thenReturn(JobOutcome.complete())
                .onErrorResume(
                        RateLimitException.class,
                        e -> Mono.just(JobOutcome.retry(e.retryAfter(), "the post office is busy")));
    }

    Mono<CancelAnswer> withdraw(JobId id) {
        return client.cancel(id);
    }

    Flux<Void> settleByHand(JobEngine engine) {
        return engine.receive(SEND)
                .flatMap(delivery -> post.send(delivery.job().payload())
                        .then(delivery.complete())
                        .onErrorResume(delivery::fail));
    }
}
