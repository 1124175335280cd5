package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptEndedException;
import io.headrace.Backoff;
import io.headrace.InvalidStepException;
import io.headrace.InvalidValueException;
import io.headrace.Job;
import io.headrace.JobConstraints;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.ValueUnreadableException;
import io.headrace.testkit.InMemoryTransaction;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a step must not do is a typed error that says what to do, and nothing is half done. */
class StepErrorsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> ran = new ArrayList<>();

    /** Runs a job once; answers how it failed. */
    private String failure(Function<Job<String>, Publisher<?>> handler) {
        JobId id = run(handler);
        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        return mill.find(id).failures().get(0).errorType() + ": "
                + mill.find(id).failures().get(0).message();
    }

    private JobId run(Function<Job<String>, Publisher<?>> handler) {
        JobEngine engine = mill.start(
                e -> e.subscribe(JobHandler.<String>of(GRIND, handler).retry(RetryPolicy.never())));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));
        return id;
    }

    private int steps(JobId id) {
        return mill.store()
                .steps()
                .read(List.of(id.value()))
                .block()
                .get(0)
                .steps()
                .size();
    }

    private <T> Mono<T> work(T value) {
        return Mono.fromSupplier(() -> {
            ran.add("work");
            return value;
        });
    }

    @Test
    void aNameTwiceInAnAttempt() {
        String failure = failure(job -> Flux.range(0, 3).concatMap(nr -> job.step("page", () -> work(nr))));

        assertThat(failure)
                .startsWith(InvalidStepException.class.getName() + ": step 'page' is there twice in one attempt.")
                .contains("'page 7'", "cache()");
        assertThat(ran).hasSize(1);
    }

    @Test
    void aNameTwiceAtOnce() {
        String failure = failure(job -> Mono.zip(
                job.step("page", Integer.class, () -> Mono.delay(ofSeconds(1)).then(work(1))),
                job.step("page", Integer.class, () -> Mono.delay(ofSeconds(1)).then(work(2)))));

        assertThat(failure).contains("twice");
        assertThat(ran).isEmpty();
    }

    @Test
    void aNameTwiceWhenItIsRecorded() {
        RetryPolicy policy = RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofSeconds(1)));
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>of(GRIND, job -> {
                    Mono<Integer> page = job.step("page", Integer.class, () -> work(1));
                    return job.attempt() == 1 ? page.then(Mono.error(new IllegalStateException())) : page.then(page);
                })
                .retry(policy)));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(mill.find(id).failures().get(1).errorType()).isEqualTo(InvalidStepException.class.getName());
        assertThat(ran).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "line\nbreak", "\uD83C alone"})
    void anUnusableName(String name) {
        assertThat(failure(job -> job.step(name, () -> work(1))))
                .startsWith(InvalidStepException.class.getName())
                .contains("has no usable name");
        assertThat(ran).isEmpty();
    }

    @Test
    void aNameThatIsTooLong() {
        assertThat(failure(job -> job.step("n".repeat(201), () -> work(1))))
                .contains("has 201 characters, at most 200 are allowed");
        JobId id = run(job -> job.step("n".repeat(200), () -> work(1)));

        assertThat(ran).hasSize(1);
        assertThat(steps(id)).isOne();
    }

    @Test
    void aValueOverTheLimit() {
        JobId[] failed = new JobId[1];
        String failure = failure(job -> {
            failed[0] = job.id();
            return job.step("scan", String.class, () -> work("x".repeat(JobConstraints.VALUE_BYTES)));
        });

        assertThat(failure)
                .startsWith(InvalidValueException.class.getName())
                .contains("the value of step 'scan'", "65536 bytes", "reference");
        assertThat(ran).hasSize(1);
        assertThat(steps(failed[0])).isZero();
        assertThat(steps(run(job ->
                        job.step("scan", String.class, () -> work("x".repeat(JobConstraints.VALUE_BYTES - 2))))))
                .isOne();
    }

    @Test
    void aValueThatCannotBeWritten() {
        assertThat(failure(job -> job.step("thread", Object.class, () -> work(new Object()))))
                .startsWith(InvalidValueException.class.getName())
                .contains("the value of step 'thread'", "cannot be written as JSON");
    }

    @Test
    void aValueThatPostgresCannotKeep() {
        assertThat(failure(job -> job.step("scan", String.class, () -> work("a\u0000b"))))
                .startsWith(InvalidValueException.class.getName())
                .contains("U+0000");
    }

    /** It would fail every later attempt. */
    @Test
    void aValueThatCannotBeReadAgainIsNotRecorded() {
        JobId[] failed = new JobId[1];
        String failure = failure(job -> {
            failed[0] = job.id();
            return job.<Object>step("charge", (Type) Runnable.class, () -> work("r-1"));
        });

        assertThat(failure)
                .startsWith(ValueUnreadableException.class.getName())
                .contains("the value of step 'charge' cannot be parsed as java.lang.Runnable");
        assertThat(steps(failed[0])).isZero();
    }

    @Test
    void aStepTooMany() {
        JobId id = run(job ->
                Flux.range(0, JobConstraints.MAX_STEPS + 1).concatMap(nr -> job.step("page " + nr, () -> work(nr))));

        assertThat(mill.find(id).failures().get(0).message())
                .contains("step 'page 1000' is one too many", "at most 1000 steps", "cursor()");
        assertThat(ran).hasSize(JobConstraints.MAX_STEPS);
        assertThat(steps(id)).isEqualTo(JobConstraints.MAX_STEPS);
    }

    @Test
    void aStepAfterTheOutcome() {
        List<Throwable> errors = new ArrayList<>();
        AtomicReference<Job<String>> kept = new AtomicReference<>();
        JobId id = run(job -> {
            kept.set(job);
            return Mono.empty();
        });

        kept.get().step("late", () -> work(1)).subscribe(nothing -> {}, errors::add);
        kept.get().cursor(7).subscribe(nothing -> {}, errors::add);
        mill.pass(ofSeconds(1));

        assertThat(errors).hasSize(2).allMatch(AttemptEndedException.class::isInstance);
        assertThat(errors.get(0))
                .hasMessageContaining("step 'late' of job " + id)
                .hasMessageContaining("a part of the handler's publisher");
        assertThat(ran).isEmpty();
        assertThat(steps(id)).isZero();
    }

    /** The outcome came while the work was running. */
    @Test
    void aStepThatTheHandlerDoesNotWaitFor() {
        List<Throwable> errors = new ArrayList<>();
        JobId id = run(job -> {
            job.step("late", () -> Mono.delay(ofSeconds(2)).then(work(1))).subscribe(nothing -> {}, errors::add);
            return Mono.empty();
        });

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(errors).singleElement().isInstanceOf(AttemptEndedException.class);
        assertThat(steps(id)).isZero();
    }

    /** Its lease is locked by the open transaction, which may wait for the step. */
    @Test
    void aStepAfterTheJobWasCompletedInATransaction() {
        List<Throwable> errors = new ArrayList<>();
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.step("charge", () -> work(1))
                    .then(job.completeIn(open))
                    .then(job.step("late", () -> work(2)))
                    .doOnError(errors::add)
                    .onErrorComplete()
                    .then(open.commit());
        });

        assertThat(errors).singleElement().isInstanceOf(AttemptEndedException.class);
        assertThat(ran).hasSize(1);
        assertThat(steps(id)).isOne();
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void anUnreadableCursor() {
        assertThat(failure(job -> job.cursor("seven").then(job.cursor(Integer.class))))
                .startsWith(ValueUnreadableException.class.getName())
                .contains("the cursor cannot be parsed as java.lang.Integer");
    }
}
