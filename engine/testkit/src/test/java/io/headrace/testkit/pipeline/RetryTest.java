package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadUnreadableException;
import io.headrace.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What follows a failed attempt, under virtual time. */
class RetryTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private static Mono<Void> fails() {
        return Mono.error(new IllegalStateException("the stone is cracked"));
    }

    @Test
    void aJobThatFailsIsNotRetriedInATightLoop() {
        List<Duration> begun = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> {
            begun.add(mill.now());
            return fails();
        }));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(1_000));

        long[] delays = {5, 10, 20, 40, 80, 160, 300, 300};
        assertThat(begun).hasSize(delays.length + 1);
        for (int i = 0; i < delays.length; i++) {
            assertThat(begun.get(i + 1).minus(begun.get(i)))
                    .as("wait %d", i + 1)
                    .isBetween(ofSeconds(delays[i]), ofSeconds(delays[i]).plusMillis(100));
        }
    }

    @Test
    void spentAttemptsEndAsATombstoneThatTellsEachFailure() {
        RetryPolicy thrice = RetryPolicy.defaults().maxAttempts(3);
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>of(
                        GRIND, job -> Mono.error(new IllegalStateException("attempt " + job.attempt())))
                .retry(thrice)));
        JobId id = mill.enqueue(engine, GRIND.job("rye").uniqueKey("rye"));

        mill.pass(ofMinutes(1));

        JobSnapshot dead = mill.find(id);
        assertThat(dead.state()).isEqualTo(JobState.FAILED);
        assertThat(dead.attempt()).isEqualTo(3);
        assertThat(dead.payload()).isEqualTo("\"rye\"");
        assertThat(dead.failures())
                .extracting(AttemptFailure::message)
                .containsExactly("attempt 1", "attempt 2", "attempt 3");
        assertThat(mill.enqueue(engine, GRIND.job("rye").uniqueKey("rye"))).isEqualTo(id);
    }

    @Test
    void aJobsOwnNumberOfAttemptsGoesBeforeThePolicys() {
        AtomicInteger attempts = new AtomicInteger();
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> {
            attempts.incrementAndGet();
            return fails();
        }));
        JobId id = mill.enqueue(engine, GRIND.job("rye").maxAttempts(2));

        mill.pass(ofMinutes(1));

        assertThat(attempts).hasValue(2);
        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void attemptsAndTheNextRunSurviveARestart() {
        JobEngine first = mill.start(e -> e.subscribe(GRIND, job -> fails()));
        JobId id = mill.enqueue(first, GRIND.job("rye"));
        mill.pass(ofSeconds(6));
        assertThat(mill.find(id).attempt()).isEqualTo(2);
        mill.stop(first, ofSeconds(1));

        AtomicInteger attempt = new AtomicInteger();
        mill.start(e -> e.subscribe(GRIND, job -> {
            attempt.set(job.attempt());
            return Mono.empty();
        }));

        mill.pass(ofSeconds(5));
        assertThat(attempt).as("still waiting out the second delay").hasValue(0);
        mill.pass(ofSeconds(10));
        assertThat(attempt).hasValue(3);
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void thePolicyInForceIsThatOfTheHandlerDeployedNow() {
        JobEngine old = mill.start(e -> e.subscribe(JobHandler.<String>of(GRIND, job -> fails())
                .retry(RetryPolicy.defaults().maxAttempts(10))));
        JobId id = mill.enqueue(old, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        mill.stop(old, ofSeconds(1));

        mill.start(e -> e.subscribe(JobHandler.<String>of(GRIND, job -> fails())
                .retry(RetryPolicy.defaults().maxAttempts(2))));
        mill.pass(ofSeconds(10));

        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(mill.find(id).attempt()).isEqualTo(2);
    }

    @Test
    void someErrorsFailAtOnce() {
        JobEngine engine = mill.start(e -> e.subscribe(
                JobHandler.<String>of(GRIND, job -> Mono.error(new UnsupportedOperationException("no stones")))
                        .retry(RetryPolicy.defaults().failAtOnce(UnsupportedOperationException.class))));

        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(mill.find(id).attempt()).isEqualTo(1);
    }

    @Test
    void aPayloadThatNoLongerParsesFailsAtOnceAndKeepsItsText() {
        JobType<Integer> now = JobType.of("grind", Integer.class);
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = mill.start(e -> e.subscribe(now, job -> Mono.fromRunnable(handled::incrementAndGet)));

        JobId id = mill.enqueue(engine, GRIND.job("not a number"));
        mill.pass(ofSeconds(1));

        JobSnapshot dead = mill.find(id);
        assertThat(handled).hasValue(0);
        assertThat(dead.state()).isEqualTo(JobState.FAILED);
        assertThat(dead.payload()).isEqualTo("\"not a number\"");
        assertThat(dead.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.errorType()).isEqualTo(PayloadUnreadableException.class.getName());
            assertThat(failure.message()).contains("kind 'grind'", "java.lang.Integer");
        });
    }

    @Test
    void jobsThatFailTogetherGoBackTogetherHoweverTheyAreSpread() {
        RetryPolicy spread =
                RetryPolicy.defaults().backoff(Backoff.fixed(ofSeconds(100)).jitter(0.5));
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(
                store.proxy(),
                e -> e.subscribe(JobHandler.<String>of(GRIND, job -> fails()).retry(spread)));
        store.hold("settle");
        mill.enqueue(engine, 100);
        mill.pass(ofSeconds(2));
        store.letGo();
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(100);
        assertThat(mill.store().jobs(JobState.PENDING).stream()
                        .map(JobSnapshot::runAt)
                        .distinct())
                .as("one draw a flush: the first outcome left alone, the others together")
                .hasSize(2);
    }

    @Test
    void aHandlersWordGoesBeforeThePolicy() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> switch (job.payload()) {
            case "retry" -> Mono.just(JobOutcome.retry(ofMinutes(30), "the wind is down"));
            case "snooze" -> Mono.just(JobOutcome.snooze(ofMinutes(30)));
            case "fail" -> Mono.just(JobOutcome.fail("never"));
            case "cancel" -> Mono.just(JobOutcome.cancel("sold"));
            default -> Mono.just("anything else means done");
        }));
        JobId retried = mill.enqueue(engine, GRIND.job("retry"));
        JobId lastRetried = mill.enqueue(engine, GRIND.job("retry").maxAttempts(1));
        JobId snoozed = mill.enqueue(engine, GRIND.job("snooze").maxAttempts(1));
        JobId failed = mill.enqueue(engine, GRIND.job("fail"));
        JobId cancelled = mill.enqueue(engine, GRIND.job("cancel"));
        JobId done = mill.enqueue(engine, GRIND.job("grind"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(retried).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(retried).attempt()).isEqualTo(1);
        assertThat(mill.find(retried).failures())
                .extracting(AttemptFailure::message)
                .containsExactly("the wind is down");
        assertThat(mill.find(lastRetried).state()).isEqualTo(JobState.FAILED);
        assertThat(mill.find(snoozed).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(snoozed).attempt()).isZero();
        assertThat(mill.find(failed).state()).isEqualTo(JobState.FAILED);
        assertThat(mill.find(cancelled).state()).isEqualTo(JobState.CANCELLED);
        assertThat(mill.find(done).state()).isEqualTo(JobState.COMPLETED);
    }
}
