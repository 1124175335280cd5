package io.headrace.engine.settle;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.InvalidJobException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.JobConstraints;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.PayloadTransforms;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeaseHolder;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.AttemptEnd;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictsTest {

    private static final RetryPolicy THREE_ATTEMPTS =
            RetryPolicy.defaults().maxAttempts(3).backoff(Backoff.fixed(ofSeconds(7)));
    private static final Verdict.Failure FAILURE = Verdict.Failure.ofType("stone", "in the rye");

    private static final OutcomeEncoder ENCODER =
            new OutcomeEncoder(new StoredValues(new JacksonPayloadCodec(), PayloadTransforms.NONE), job -> {
                throw new InvalidJobException("payload", "is stone");
            });

    private static final class Mill implements LeaseHolder {
        @Override
        public String queue() {
            return "mill";
        }

        @Override
        public Runnable settled(List<LeasedJob> jobs) {
            return () -> {};
        }

        @Override
        public void dueIn(Duration delay) {}
    }

    private static LeasedJob job(int attempt) {
        ClaimedJob job = new ClaimedJob(1, 1L << 40, "grind", 4, attempt, "\"rye\"", null, null, null, 0);
        return new LeasedJob(job, new LeaseBook().hold(1), new Mill(), 0, Suspicion.NONE);
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(JobOutcome.complete(), AttemptEnd.COMPLETED, AttemptEnd.COMPLETED),
                Arguments.of(JobOutcome.complete("flour"), AttemptEnd.COMPLETED, AttemptEnd.COMPLETED),
                Arguments.of(JobOutcome.retry(ofSeconds(5), "stone"), AttemptEnd.RETRIED, AttemptEnd.FAILED),
                Arguments.of(JobOutcome.snooze(ofSeconds(5)), AttemptEnd.SNOOZED, AttemptEnd.SNOOZED),
                Arguments.of(JobOutcome.fail("stone"), AttemptEnd.FAILED, AttemptEnd.FAILED),
                Arguments.of(JobOutcome.cancel("flood"), AttemptEnd.CANCELLED, AttemptEnd.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void onlyARetryDependsOnTheAttemptsThatAreLeft(JobOutcome outcome, AttemptEnd before, AttemptEnd atLast) {
        assertThat(Verdicts.end(Verdicts.of(outcome, job(2), THREE_ATTEMPTS, ENCODER)))
                .isEqualTo(before);
        assertThat(Verdicts.end(Verdicts.of(outcome, job(3), THREE_ATTEMPTS, ENCODER)))
                .isEqualTo(atLast);
    }

    @Test
    void noFollowUpsAreAPlainCompletion() {
        assertThat(Verdicts.of(JobOutcome.completeThen(), job(1), THREE_ATTEMPTS, ENCODER))
                .isEqualTo(Verdict.Completed.INSTANCE);
    }

    @Test
    void aRetryKeepsItsReasonWhenItIsTheLast() {
        Verdict last = Verdicts.of(JobOutcome.retry(ofSeconds(5), "stone"), job(3), THREE_ATTEMPTS, ENCODER);

        assertThat(last.failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("stone"));
    }

    @Test
    void anOutcomeThatCannotBeRecordedIsAFailureOfTheAttempt() {
        JobOutcome endless = JobOutcome.complete("x".repeat(JobConstraints.VALUE_BYTES));
        Object[] itself = new Object[1];
        itself[0] = itself;
        JobOutcome unwritable = JobOutcome.complete(itself);
        JobOutcome refused =
                JobOutcome.completeThen(JobType.of("grind", String.class).job("stone"));

        assertThat(message(endless, 1))
                .contains("the result: exceeds the limit of 65536 bytes")
                .contains("reference");
        assertThat(message(unwritable, 1)).contains("cannot be written as JSON");
        assertThat(message(refused, 1)).contains("payload: is stone");
        assertThat(Verdicts.end(Verdicts.of(endless, job(3), THREE_ATTEMPTS, ENCODER)))
                .isEqualTo(AttemptEnd.FAILED);
    }

    private static @Nullable String message(JobOutcome outcome, int attempt) {
        Verdict verdict = Verdicts.of(outcome, job(attempt), THREE_ATTEMPTS, ENCODER);
        return Objects.requireNonNull(verdict.failure()).message();
    }

    @Test
    void anErrorWaitsForItsBackoffAndFailsAtLast() {
        IllegalStateException error = new IllegalStateException("stone");

        assertThat(Verdicts.of(error, job(1), THREE_ATTEMPTS))
                .isInstanceOfSatisfying(
                        Verdict.Retried.class,
                        verdict -> assertThat(verdict.delay()).isEqualTo(ofSeconds(7)));
        assertThat(Verdicts.end(Verdicts.of(error, job(3), THREE_ATTEMPTS))).isEqualTo(AttemptEnd.FAILED);
    }

    @Test
    void anAttemptWithoutAVerdictHasLostItsJob() {
        assertThat(Verdicts.end(null)).isEqualTo(AttemptEnd.LOST);
        assertThat(Verdicts.end(Verdict.Released.INSTANCE)).isEqualTo(AttemptEnd.RELEASED);
    }

    @Test
    void onlyTheDelayOfARetryIsSpread() {
        SpreadDelay half = new SpreadDelay(1.5);
        Verdict snoozed = new Verdict.Snoozed(ofSeconds(10));

        assertThat(new Verdict.Retried(ofSeconds(10), FAILURE).fold(half))
                .isEqualTo(new Verdict.Retried(ofSeconds(15), FAILURE));
        assertThat(snoozed.fold(half)).isSameAs(snoozed);
    }
}
