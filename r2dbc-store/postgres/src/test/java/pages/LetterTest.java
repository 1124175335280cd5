package pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The program of docs/testing.md. */
class LetterTest {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.held(clock);
    private final List<String> sent = new ArrayList<>();
    private boolean postIsOpen = true;

    private final JobEngine engine = JobEngine.builder(store)
            .subscribe(SEND, job -> send(job.payload()))
            .schedule("news", Cron.of("0 8 * * *", "Europe/Berlin"), SEND.job(new Letter("subscribers", "the news")))
            .build();

    private Mono<Void> send(Letter letter) {
        return postIsOpen
                ? Mono.fromRunnable(() -> sent.add(letter.to()))
                : Mono.error(new IllegalStateException("the post office is closed"));
    }

    @BeforeEach
    void start() {
        engine.start().block();
    }

    @AfterEach
    void stop() {
        engine.stop().block();
    }

    @Test
    void sendsALetterWhenItIsDue() {
        engine.client()
                .enqueue(SEND.job(new Letter("ada", "hello")).delay(Duration.ofHours(1)))
                .block();

        store.runDue().block();
        assertThat(sent).isEmpty();

        clock.advance(Duration.ofHours(1));
        store.runDue().block();
        assertThat(sent).containsExactly("ada");
        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
    }

    @Test
    void triesAgainAfterAnError() {
        postIsOpen = false;
        engine.client().enqueue(SEND.job(new Letter("ada", "hello"))).block();
        store.runDue().block();
        assertThat(store.jobs(JobState.PENDING)).hasSize(1);

        postIsOpen = true;
        clock.advance(Duration.ofSeconds(5));
        store.runDue().block();
        assertThat(sent).containsExactly("ada");
    }

    @Test
    void writesToSubscribersEveryMorning() {
        clock.set(Instant.parse("2026-01-01T06:59:59Z"));
        store.runDue().block();
        assertThat(sent).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        store.runDue().block();
        assertThat(sent).containsExactly("subscribers");

        clock.advance(Duration.ofDays(1));
        store.runDue().block();
        assertThat(sent).hasSize(2);
    }
}
