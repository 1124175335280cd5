package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that cannot be is refused at the call that says so. */
class JobConstraintsTest {

    private static final JobType<String> TYPE = JobType.of("grind", String.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String TOO_LONG = "x".repeat(101);

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("kind", "is empty", () -> JobType.of("", String.class)),
                refusal("kind", "is empty", () -> JobType.of("  ", String.class)),
                refusal("kind", "has 101 characters, at most 100", () -> JobType.of(TOO_LONG, String.class)),
                refusal("kind", "character 2 is U+0000", () -> JobType.of("a\0b", String.class)),
                refusal("kind", "character 1 is U+D800", () -> JobType.of("\ud800", String.class)),
                refusal("queue", "is empty", () -> TYPE.queue("")),
                refusal("queue", "has 101 characters", () -> TYPE.job("x").queue(TOO_LONG)),
                refusal("queue", "character 2 is U+000A", () -> TYPE.job("x").queue("a\nb")),
                refusal(
                        "priority",
                        "10 is outside 0 (first) to 9 (last)",
                        () -> TYPE.job("x").priority(10)),
                refusal("priority", "-1 is outside", () -> TYPE.job("x").priority(-1)),
                refusal("delay", "is negative: PT-1S", () -> TYPE.job("x").delay(Duration.ofSeconds(-1))),
                refusal("delay", "is over 36500 days", () -> TYPE.job("x").delay(Duration.ofDays(36_501))),
                refusal("runAt", "is after", () -> TYPE.job("x").runAt(Instant.MAX)),
                refusal(
                        "maxAttempts",
                        "0 is outside 1 to 1000",
                        () -> TYPE.job("x").maxAttempts(0)),
                refusal("uniqueKey", "is empty", () -> TYPE.job("x").uniqueKey("")),
                refusal("uniqueKey", "has 501 characters", () -> TYPE.job("x").uniqueKey("k".repeat(501))),
                refusal("uniqueFor", "call uniqueKey first", () -> TYPE.job("x").uniqueFor(Duration.ofHours(1))),
                refusal("uniqueFor", "PT0S is not positive", () -> keyed().uniqueFor(Duration.ZERO)),
                refusal("uniqueFor", "PT-1S is not positive", () -> keyed().uniqueFor(Duration.ofSeconds(-1))),
                refusal("uniqueFor", "is over 365 days", () -> keyed().uniqueFor(Duration.ofDays(366))),
                refusal("uniqueFor", "whole number of milliseconds", () -> keyed().uniqueFor(Duration.ofNanos(1))),
                refusal("throttle", "is empty", () -> throttled("", 1, Duration.ofHours(1))),
                refusal("throttle", "has 501 characters", () -> throttled("k".repeat(501), 1, Duration.ofHours(1))),
                refusal("throttle", "0 is outside 1 to 1000", () -> throttled("k", 0, Duration.ofHours(1))),
                refusal("throttle", "1001 is outside 1 to 1000", () -> throttled("k", 1_001, Duration.ofHours(1))),
                refusal("throttle", "PT0S is not positive", () -> throttled("k", 1, Duration.ZERO)),
                refusal("throttle", "use uniqueFor", () -> keyed().throttle("k", 1, Duration.ofHours(1))),
                refusal(
                        "uniqueKey",
                        "use uniqueFor",
                        () -> throttled("k", 1, Duration.ofHours(1)).uniqueKey("k")),
                refusal("debounce", "is empty", () -> debounced("", SECOND, SECOND)),
                refusal("debounce", "PT0S is not positive", () -> debounced("k", Duration.ZERO, SECOND)),
                refusal("debounce", "is over 365 days", () -> debounced("k", SECOND, Duration.ofDays(366))),
                refusal("debounce", "PT2S is over atMost, PT1S", () -> debounced("k", Duration.ofSeconds(2), SECOND)),
                refusal(
                        "debounce",
                        "remove its delay",
                        () -> TYPE.job("x").delay(SECOND).debounce("k", SECOND, SECOND)),
                refusal(
                        "debounce",
                        "remove its delay",
                        () -> TYPE.job("x").runAt(Instant.EPOCH).debounce("k", SECOND, SECOND)),
                refusal("debounce", "a unique key or a throttle", () -> keyed().debounce("k", SECOND, SECOND)),
                refusal(
                        "debounce",
                        "a unique key or a throttle",
                        () -> throttled("k", 1, SECOND).debounce("k", SECOND, SECOND)),
                refusal(
                        "delay",
                        "with debounce",
                        () -> debounced("k", SECOND, SECOND).delay(SECOND)),
                refusal(
                        "runAt",
                        "with debounce",
                        () -> debounced("k", SECOND, SECOND).runAt(Instant.EPOCH)),
                refusal(
                        "uniqueKey",
                        "with debounce",
                        () -> debounced("k", SECOND, SECOND).uniqueKey("k")),
                refusal(
                        "throttle",
                        "with debounce",
                        () -> debounced("k", SECOND, SECOND).throttle("k", 1, SECOND)),
                refusal("header", "is empty", () -> TYPE.job("x").header("", "v")),
                refusal("delay", "is negative", () -> JobOutcome.snooze(Duration.ofSeconds(-1))),
                refusal("delay", "is negative", () -> JobOutcome.retry(Duration.ofSeconds(-1), "no")));
    }

    private static NewJob<String> keyed() {
        return TYPE.job("x").uniqueKey("k");
    }

    private static NewJob<String> throttled(String key, int most, Duration period) {
        return TYPE.job("x").throttle(key, most, period);
    }

    private static NewJob<String> debounced(String key, Duration quiet, Duration atMost) {
        return TYPE.job("x").debounce(key, quiet, atMost);
    }

    private static Arguments refusal(String field, String reason, ThrowingCallable call) {
        return Arguments.of(field, reason, call);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void isRefusedByName(String field, String reason, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(call)
                .withMessageStartingWith(field + ": ")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void whatJustFitsIsTaken() {
        NewJob<String> job = JobType.of("k".repeat(100), String.class)
                .job("x")
                .queue("q".repeat(99) + "ß")
                .uniqueKey("\uD83D\uDE00".repeat(250))
                .priority(9)
                .delay(Duration.ofDays(36_500))
                .maxAttempts(1_000);

        assertThat(job.type().kind()).hasSize(100);
        assertThat(job.uniqueKey()).hasSize(500);
    }

    @Test
    void aJobIsChangedByCopy() {
        NewJob<String> plain = TYPE.job("x");

        assertThat(plain.priority(1).header("a", "1").header("b", "2").headers())
                .hasSize(2);
        assertThat(plain.priority()).isEqualTo(NewJob.DEFAULT_PRIORITY);
        assertThat(plain.headers()).isEmpty();
    }

    @Test
    void theLaterOfDelayAndMomentCounts() {
        Instant moment = Instant.parse("2030-01-01T00:00:00Z");

        assertThat(TYPE.job("x").delay(Duration.ofHours(1)).runAt(moment).delay())
                .isZero();
        assertThat(TYPE.job("x").runAt(moment).delay(Duration.ofHours(1)).runAt())
                .isNull();
    }
}
