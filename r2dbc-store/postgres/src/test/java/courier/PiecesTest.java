package courier;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import courier.Letters.Letter;
import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.spi.JobStore;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The smaller pieces of docs/guide-reactor.md, so that they are compiled, and what can be run of them is run. */
class PiecesTest {

    private final List<Letter> sent = new ArrayList<>();

    private void deliver(Letter letter) throws IOException {
        sent.add(letter);
    }

    private Mono<Void> post(Letter letter) {
        return Mono.fromRunnable(() -> sent.add(letter));
    }

    private boolean nobodyLivesAt(String address) {
        return address.isEmpty();
    }

    JobHandler<Letter> blocking() {
        return JobHandler.blocking(Letters.SEND, job -> {
                    deliver(job.payload());
                    return null;
                })
                .timeout(Duration.ofMinutes(5))
                .retry(RetryPolicy.defaults().maxAttempts(5).backoff(Backoff.fixed(ofSeconds(30))));
    }

    JobHandler<Letter> deciding() {
        return JobHandler.of(
                Letters.SEND,
                job -> nobodyLivesAt(job.payload().to())
                        ? Mono.just(JobOutcome.fail("nobody lives there"))
                        : post(job.payload()));
    }

    Flux<Void> byHand(JobEngine engine) {
        return engine.receive(Letters.SEND)
                .flatMap(delivery ->
                        post(delivery.job().payload()).then(delivery.complete()).onErrorResume(delivery::fail));
    }

    JobClient clientAlone(JobStore store) {
        return JobClient.builder(store).build();
    }

    @Test
    void aLetterIsSentWhenItIsTime() {
        ManualClock clock = ManualClock.create();
        InMemoryJobStore store = InMemoryJobStore.held(clock);
        JobEngine engine = JobEngine.builder(store).subscribe(deciding()).build();
        engine.start().block();
        engine.client()
                .enqueue(Letters.SEND.job(new Letter("ada", "hello")).delay(ofSeconds(30)))
                .block();

        store.runDue().block();
        assertThat(sent).isEmpty();

        clock.advance(ofSeconds(30));
        store.runDue().block();
        assertThat(sent).containsExactly(new Letter("ada", "hello"));
        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
        engine.stop().block();
    }
}
