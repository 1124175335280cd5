package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptTimeoutException;
import io.headrace.Backoff;
import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Handlers of every sort, the ill-behaved above all. */
class HandlerTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private JobSnapshot handle(JobHandler<String> handler) {
        JobEngine engine = mill.start(e -> e.subscribe(handler));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.passUntil(
                () -> mill.find(id).state() != JobState.LEASED && mill.find(id).attempt() > 0);
        return mill.find(id);
    }

    private static String failureOf(JobSnapshot job) {
        assertThat(job.state()).isEqualTo(JobState.PENDING);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.failures()).hasSize(1);
        return job.failures().get(0).errorType();
    }

    @Test
    void aPublisherOfManyIsDoneWhenItCompletes() {
        assertThat(handle(JobHandler.of(GRIND, job -> Flux.range(0, 10_000))).state())
                .isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aStageIsDoneWhenItCompletes() {
        CompletableFuture<String> flour = new CompletableFuture<>();
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.async(GRIND, job -> flour)));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);

        flour.complete("flour");
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aBlockingFunctionsAnswerCountsIfItIsAnOutcome() {
        assertThat(handle(JobHandler.blocking(GRIND, job -> JobOutcome.cancel("sold")))
                        .state())
                .isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aBlockingFunctionMayAnswerNothing() {
        assertThat(handle(JobHandler.blocking(GRIND, job -> null)).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aBlockingFunctionMayThrowWhatItLikes() {
        assertThat(failureOf(handle(JobHandler.blocking(GRIND, job -> {
                    throw new java.io.IOException("no water");
                }))))
                .isEqualTo("java.io.IOException");
    }

    @Test
    void nullInsteadOfAPublisherIsAFailedAttempt() {
        assertThat(failureOf(handle(JobHandler.of(GRIND, job -> (Publisher<?>) null))))
                .isEqualTo(HandlerContractException.class.getName());
    }

    @Test
    void nullInsteadOfAStageIsAFailedAttempt() {
        assertThat(failureOf(handle(JobHandler.async(GRIND, job -> (CompletableFuture<?>) null))))
                .isEqualTo(HandlerContractException.class.getName());
    }

    @Test
    void aHandlerThatThrowsBeforeItReturnsIsAFailedAttempt() {
        assertThat(failureOf(handle(JobHandler.of(GRIND, (Job<String> job) -> {
                    throw new IllegalStateException("no stones");
                }))))
                .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aHandlerThatOverflowsItsStackIsAFailedAttempt() {
        JobSnapshot job = handle(JobHandler.of(GRIND, j -> {
            throw new StackOverflowError("endless");
        }));

        failureOf(job);
        assertThat(job.failures().get(0).message()).contains("StackOverflowError");
    }

    @Test
    void aClassThatIsMissingIsAFailedAttemptWhereverItIsNoticed() {
        JobSnapshot inPublisher = handle(JobHandler.of(
                GRIND,
                job -> Mono.fromRunnable(() -> {
                    throw new NoClassDefFoundError("flour");
                })));
        assertThat(inPublisher.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("NoClassDefFoundError: flour"));
    }

    @Test
    void aClassThatIsMissingIsAFailedAttemptOfABlockingHandlerToo() {
        JobSnapshot job = handle(JobHandler.blocking(GRIND, j -> {
            throw new NoClassDefFoundError("flour");
        }));
        assertThat(job.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("NoClassDefFoundError: flour"));
    }

    @Test
    void aPolicyThatThrowsDoesNotStopTheWorkerNorLoseTheJob() {
        RetryPolicy broken = RetryPolicy.defaults().backoff(Backoff.custom(n -> {
            throw new ArrayIndexOutOfBoundsException(n);
        }));
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>of(
                        GRIND,
                        job -> job.payload().equals("rye") ? Mono.error(new IllegalStateException("no")) : Mono.empty())
                .retry(broken)));
        JobId failing = mill.enqueue(engine, GRIND.job("rye"));
        JobId other = mill.enqueue(engine, GRIND.job("oats"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(other).state()).isEqualTo(JobState.COMPLETED);
        assertThat(failureOf(mill.find(failing))).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void anErrorThatCannotBeReadIsAFailedAttempt() {
        JobSnapshot job = handle(JobHandler.of(
                GRIND,
                j -> Mono.error(new RuntimeException("no") {
                    @Override
                    public StackTraceElement[] getStackTrace() {
                        return null;
                    }
                })));

        failureOf(job);
    }

    @Test
    void aHandlerThatNeverCompletesIsCancelledAtItsTimeout() {
        AtomicBoolean cancelled = new AtomicBoolean();
        JobEngine engine = mill.start(e ->
                e.subscribe(JobHandler.<String>of(GRIND, job -> Mono.never().doOnCancel(() -> cancelled.set(true)))
                        .timeout(ofSeconds(30))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(29));
        assertThat(cancelled).isFalse();
        mill.pass(ofSeconds(2));

        assertThat(cancelled).isTrue();
        assertThat(failureOf(mill.find(id))).isEqualTo(AttemptTimeoutException.class.getName());
    }

    @Test
    void aHandlerThatCompletesTwiceIsDoneOnce() {
        Publisher<String> twice = subscriber -> {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscriber.onComplete();
            subscriber.onComplete();
        };

        assertThat(handle(JobHandler.of(GRIND, job -> twice)).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aHandlerThatIgnoresItsCancellationDoesNotHoldItsJob() {
        Publisher<String> deaf = subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        JobEngine engine = mill.start(
                e -> e.subscribe(JobHandler.<String>of(GRIND, job -> deaf).timeout(ofSeconds(1))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(3));

        assertThat(failureOf(mill.find(id))).isEqualTo(AttemptTimeoutException.class.getName());
    }

    @Test
    void theLastOutcomeEmittedCounts() {
        assertThat(handle(JobHandler.of(
                                GRIND,
                                job -> Flux.just(JobOutcome.fail("no"), "noise", JobOutcome.complete(), "noise")))
                        .state())
                .isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aHandlerSeesItsJob() {
        List<Job<String>> seen = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.queue("north").subscribe(GRIND, job -> {
            seen.add(job);
            return Mono.empty();
        }));
        JobId id = mill.enqueue(
                engine,
                GRIND.job("rye")
                        .queue("north")
                        .priority(2)
                        .uniqueKey("k")
                        .header("trace", "00-ab")
                        .maxAttempts(7));
        mill.pass(ofSeconds(1));

        assertThat(seen).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(id);
            assertThat(job.kind()).isEqualTo("grind");
            assertThat(job.queue()).isEqualTo("north");
            assertThat(job.priority()).isEqualTo(2);
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(job.maxAttempts()).isEqualTo(7);
            assertThat(job.payload()).isEqualTo("rye");
            assertThat(job.headers()).containsEntry("trace", "00-ab");
            assertThat(job.uniqueKey()).isEqualTo("k");
            assertThat(job.isLastAttempt()).isFalse();
        });
    }

    @Test
    void oneBadHandlerDoesNotStopTheOthers() {
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(2)).subscribe(GRIND, job -> {
                    if (job.payload().equals("sack 3")) {
                        throw new LinkageError("a class is missing");
                    }
                    handled.incrementAndGet();
                    return Mono.empty();
                }));

        mill.enqueue(engine, 100);
        mill.pass(ofSeconds(1));

        assertThat(handled).hasValue(99);
    }
}
