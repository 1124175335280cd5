package io.headrace;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class BackoffTest {

    private static List<Long> seconds(Backoff backoff, int tries) {
        return IntStream.rangeClosed(1, tries)
                .mapToObj(n -> backoff.delay(n).toSeconds())
                .toList();
    }

    @Test
    void theDefaultDoublesFromFiveSecondsToFiveMinutes() {
        assertThat(seconds(Backoff.exponential(), 9)).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
        assertThat(Backoff.exponential().jitter()).isZero();
    }

    @Test
    void noNumberOfTriesOverflows() {
        assertThat(Backoff.exponential().delay(Integer.MAX_VALUE)).isEqualTo(ofMinutes(5));
        assertThat(Backoff.linear(ofHours(1)).delay(Integer.MAX_VALUE)).isEqualTo(Backoff.LONGEST);
        assertThat(Backoff.exponential(ofMillis(1), 10, Backoff.LONGEST).delay(Integer.MAX_VALUE))
                .isEqualTo(Backoff.LONGEST);
    }

    @Test
    void linearFixedAndCustom() {
        assertThat(seconds(Backoff.linear(ofSeconds(3)), 4)).containsExactly(3L, 6L, 9L, 12L);
        assertThat(seconds(Backoff.linear(ofSeconds(3), ofSeconds(7)), 4)).containsExactly(3L, 6L, 7L, 7L);
        assertThat(seconds(Backoff.fixed(ofSeconds(2)), 3)).containsExactly(2L, 2L, 2L);
        assertThat(seconds(Backoff.custom(n -> ofSeconds((long) n * n)), 3)).containsExactly(1L, 4L, 9L);
    }

    @Test
    void aCustomAnswerIsBroughtIntoBounds() {
        assertThat(Backoff.custom(n -> ofSeconds(-1)).delay(1)).isEqualTo(Duration.ZERO);
        assertThat(Backoff.custom(n -> ofSeconds(Long.MAX_VALUE)).delay(1)).isEqualTo(Backoff.LONGEST);
    }

    @Test
    void jitterStaysWithinItsShareAndSpreads() {
        Backoff spread = Backoff.fixed(ofSeconds(100)).jitter(0.1);

        List<Duration> drawn =
                IntStream.range(0, 1_000).mapToObj(i -> spread.jittered(1)).toList();

        assertThat(drawn).allMatch(d -> d.compareTo(ofSeconds(90)) >= 0 && d.compareTo(ofSeconds(110)) <= 0);
        assertThat(drawn.stream().distinct().count()).isGreaterThan(500);
        assertThat(spread.delay(1)).isEqualTo(ofSeconds(100));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        refused("first", () -> Backoff.exponential(ofSeconds(-1), 2, ofSeconds(1)));
        refused("factor", () -> Backoff.exponential(ofSeconds(1), 0.5, ofSeconds(2)));
        refused("factor", () -> Backoff.exponential(ofSeconds(1), Double.NaN, ofSeconds(2)));
        refused("cap", () -> Backoff.exponential(ofSeconds(2), 2, ofSeconds(1)));
        refused("step", () -> Backoff.linear(ofSeconds(-1)));
        refused("delay", () -> Backoff.fixed(ofSeconds(-1)));
        refused("jitter", () -> Backoff.exponential().jitter(1.1));
        refused("tries", () -> Backoff.exponential().retry(0));
        refused("tries", () -> Backoff.exponential().whenEmpty(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential().delay(0));
    }

    private static void refused(String setting, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.setting()).isEqualTo(setting));
    }

    @Test
    void asAReactorRetryItWaitsBetweenTheTriesAndThenPassesTheError() {
        AtomicInteger subscriptions = new AtomicInteger();
        StepVerifier.withVirtualTime(() -> Mono.error(new IOException("away"))
                        .doOnSubscribe(s -> subscriptions.incrementAndGet())
                        .retryWhen(Backoff.exponential().retry(4)))
                .expectSubscription()
                .expectNoEvent(ofSeconds(5 + 10 + 20))
                .verifyErrorMessage("away");

        assertThat(subscriptions).hasValue(4);
    }

    @Test
    void asAReactorRetryItPassesOtherErrorsAtOnce() {
        StepVerifier.withVirtualTime(() -> Mono.error(new IllegalStateException("wrong"))
                        .retryWhen(Backoff.exponential().retry(4, IOException.class::isInstance)))
                .verifyErrorMessage("wrong");
    }

    @Test
    void anEmptySourceIsPolledLinearlyFiveTimesThenSaysSo() {
        AtomicInteger subscriptions = new AtomicInteger();
        StepVerifier.withVirtualTime(() -> Mono.empty()
                        .doOnSubscribe(s -> subscriptions.incrementAndGet())
                        .repeatWhenEmpty(Backoff.whenEmpty()))
                .expectSubscription()
                .expectNoEvent(ofSeconds(3 + 6 + 9 + 12))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(StillEmptyException.class, e -> {
                            assertThat(e.tries()).isEqualTo(5);
                            assertThat(e.waited()).isEqualTo(ofSeconds(30));
                        }));

        assertThat(subscriptions).hasValue(5);
    }

    @Test
    void aRowThatBecomesVisibleMeanwhileIsFound() {
        AtomicInteger reads = new AtomicInteger();
        StepVerifier.withVirtualTime(
                        () -> Mono.defer(() -> reads.incrementAndGet() < 3 ? Mono.empty() : Mono.just("row"))
                                .repeatWhenEmpty(Backoff.whenEmpty()))
                .expectSubscription()
                .expectNoEvent(ofSeconds(3 + 6))
                .expectNext("row")
                .verifyComplete();
    }

    @Test
    void anErrorOfAPolledSourcePassesAtOnce() {
        AtomicInteger reads = new AtomicInteger();
        StepVerifier.withVirtualTime(() -> Mono.defer(() -> reads.incrementAndGet() < 2
                                ? Mono.empty()
                                : Mono.error(new IllegalStateException("refused")))
                        .repeatWhenEmpty(Backoff.whenEmpty()))
                .expectSubscription()
                .expectNoEvent(ofSeconds(3))
                .verifyErrorMessage("refused");

        assertThat(reads).hasValue(2);
    }

    @Test
    void eachSubscriptionCountsItsOwnTries() {
        Mono<Object> polled =
                Mono.empty().repeatWhenEmpty(Backoff.fixed(Duration.ZERO).whenEmpty(2));

        StepVerifier.create(polled).verifyError(StillEmptyException.class);
        StepVerifier.create(polled)
                .verifyErrorSatisfies(
                        e -> assertThat(((StillEmptyException) e).tries()).isEqualTo(2));
    }
}
