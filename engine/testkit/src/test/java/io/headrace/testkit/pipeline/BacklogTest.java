package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobState;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Two claims of one queue on their way at a time, where there is enough for both. */
class BacklogTest {

    private static final Duration TRIP = ofMillis(10);
    private static final int BACKLOG = 10_000;

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Duration> claims = new ArrayList<>();

    @Test
    void aSecondClaimIsOnItsWayWhileTheFirstIsAnswered() {
        drain(BACKLOG, 2_000);

        assertThat(mostAtATime()).isEqualTo(2);
    }

    @Test
    void aWorkerThatWantsFewMakesOneClaimAtATime() {
        drain(BACKLOG, 100);

        assertThat(mostAtATime()).isEqualTo(1);
    }

    @Test
    void aClaimThatBroughtAllThereIsIsAlone() {
        drain(1_000, 2_000);

        assertThat(mostAtATime()).isEqualTo(1);
    }

    @Test
    void bothTogetherLeaseNoMoreThanThereIsRoomFor() {
        work(BACKLOG, 1_400, Mono.never());
        mill.pass(ofSeconds(2));

        assertThat(mill.leased()).as("concurrency and prefetch").isEqualTo(2_800);
        assertThat(mostAtATime()).isEqualTo(2);
    }

    @Test
    void whileAnotherClaimIsOnItsWayNoneSaysThatTheQueueIsIdle() {
        Unreliable store = work(BACKLOG, 2_000, Mono.empty());
        // What the store says of jobs that the other claim holds.
        store.change("claim", answer -> claims.size() == 3 ? exhausted((Claim) answer) : answer);
        int before = store.calls("markIdle");
        mill.pass(TRIP.multipliedBy(3));
        assertThat(mostAtATime()).isEqualTo(2);
        assertThat(store.calls("markIdle")).isEqualTo(before);

        mill.pass(ofMinutes(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(BACKLOG);
    }

    @Test
    void afterAFailureTheNextClaimWithholdsPayloadsEvenIfTheOtherSucceeds() {
        Unreliable store = work(BACKLOG, 2_000, Mono.empty());
        List<Boolean> withholding = new ArrayList<>();
        store.listen((verb, arguments) -> {
            if (verb.equals("claim")) {
                withholding.add(((ClaimRequest) arguments[0]).withholding());
                if (withholding.size() == 2) {
                    store.refuse("claim");
                } else {
                    store.allow("claim");
                }
            }
        });
        mill.pass(ofMinutes(1));

        assertThat(withholding).startsWith(false, false, true);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(BACKLOG);
    }

    private static Claim exhausted(Claim claim) {
        return new Claim(claim.jobs(), true, null, Set.of());
    }

    private void drain(int jobs, int concurrency) {
        work(jobs, concurrency, Mono.empty());
        mill.pass(ofSeconds(5));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(jobs);
    }

    /** Starts an engine that nothing wakes up but its own claims, on a store whose answers take a while. */
    private Unreliable work(int jobs, int concurrency, Mono<Void> handler) {
        Unreliable store = new Unreliable(mill.store());
        store.delay("claim", TRIP);
        store.listen((verb, arguments) -> {
            if (verb.equals("claim")) {
                claims.add(mill.now());
            }
        });
        Mill.enqueueTogether(JobClient.create(mill.store()), jobs);
        mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(concurrency).pollInterval(ofHours(1)))
                        .subscribe(GRIND, job -> handler));
        return store;
    }

    private long mostAtATime() {
        return claims.stream()
                .mapToLong(from -> claims.stream()
                        .filter(other ->
                                other.compareTo(from) >= 0 && other.minus(TRIP).compareTo(from) < 0)
                        .count())
                .max()
                .orElse(0);
    }
}
