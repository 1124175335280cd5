package io.headrace.testkit.pipeline;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.TransactionRefusedException.Reason.ALREADY_RECORDED;
import static io.headrace.TransactionRefusedException.Reason.NOT_SUPPORTED;
import static io.headrace.TransactionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptEndedException;
import io.headrace.Enqueued;
import io.headrace.InvalidStepException;
import io.headrace.InvalidValueException;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.LeaseLostException;
import io.headrace.TransactionRefusedException;
import io.headrace.observe.StepEnd;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import io.headrace.spi.TransactionAnswer;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.InMemoryTransaction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Steps in transactions that are refused: the error says why, and nothing is half done. */
class StepInRefusedTest extends StepInTests {

    private void refusedFor(TransactionRefusedException.Reason reason) {
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        TransactionRefusedException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    private void refusedAs(Class<? extends Throwable> type) {
        assertThat(errors).singleElement().isInstanceOf(type);
    }

    @Test
    void aTransactionOfAnotherDatabase() {
        JobId id = run(job -> step(job, InMemoryJobStore.create().begin(), "charge"));

        refusedFor(OTHER_DATABASE);
        assertThat(errors.get(0))
                .hasMessage(
                        "Step 'charge' of job " + id + " was not recorded: the connection does not see this engine's"
                                + " jobs. Use a connection to the database of its store, and the schema of its store");
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(ends).containsExactly(StepEnd.FAILED);
    }

    @Test
    void aTransactionThatHasEnded() {
        run(job -> {
            InMemoryTransaction ended = begin();
            return ended.rollback().then(step(job, ended, "charge"));
        });

        refusedFor(NO_TRANSACTION);
    }

    @Test
    void aTransactionOfAStoreThatRecordsNothing() {
        JobTransaction plain = (jobs, by) -> Mono.empty();
        run(job -> job.stepIn(plain, "charge", Mono::empty));

        refusedFor(NOT_SUPPORTED);
    }

    @Test
    void twiceInOneTransaction() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> step(job, open, "page")
                .then(Mono.defer(() -> step(job, open, "page")))
                .onErrorResume(error -> open.rollback().then(Mono.error(error))));
        mill.pass(ofSeconds(1));

        refusedFor(ALREADY_RECORDED);
        assertThat(errors.get(0)).hasMessageContaining("Give each step a name of its own, such as 'page 7' in a loop");
        assertThat(ran).containsExactly("page");
        assertThat(recorded(id)).isEmpty();
    }

    @Test
    void twoOfANameAtOnce() {
        InMemoryTransaction open = begin();
        run(job -> job.stepIn(open, "page", Mono::never)
                .or(job.stepIn(open, "page", Mono::empty))
                .onErrorResume(error -> open.rollback().then(Mono.error(error))));

        refusedAs(InvalidStepException.class);
    }

    @Test
    void aPlainStepOfTheSameName() {
        run(job -> commits(job, "page").then(job.step("page", Mono::empty)));

        refusedAs(InvalidStepException.class);
    }

    @Test
    void theNameOfAPlainStep() {
        run(job -> job.step("page", Mono::empty).then(commits(job, "page")));

        refusedAs(InvalidStepException.class);
    }

    @Test
    void aNameThatIsTooLong() {
        run(job -> commits(job, "x".repeat(201)));

        refusedAs(InvalidStepException.class);
    }

    @Test
    void aValueThatIsTooLong() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> job.stepIn(open, "charge", String.class, () -> Mono.just("x".repeat(70_000))));

        refusedAs(InvalidValueException.class);
        open.commit().block();
        assertThat(recorded(id)).isEmpty();
    }

    /** Cancelled by another process, of which this one has yet to hear. */
    @Test
    void aJobThatHasLeftItsLease() {
        JobId id = run(job -> mill.store().decisions().cancel(job.id()).then(Mono.defer(() -> commits(job, "charge"))));

        refusedAs(LeaseLostException.class);
        assertThat(errors.get(0)).hasMessageContaining("step 'charge' was not recorded");
        assertThat(ends).containsExactly(StepEnd.LOST);
        assertThat(recorded(id)).isEmpty();
    }

    @Test
    void afterTheAttemptHasEnded() {
        AtomicReference<Job<String>> kept = new AtomicReference<>();
        run(job -> {
            kept.set(job);
            return Mono.empty();
        });
        commits(kept.get(), "late").subscribe(nothing -> {}, errors::add);
        mill.pass(ofSeconds(1));

        refusedAs(AttemptEndedException.class);
        assertThat(ran).isEmpty();
    }

    @Test
    void anAttemptThatEndsDuringASplitIsSettledUnderTheNewLease() {
        store.holdTheAnswer("split");
        JobEngine engine = start(job -> {
            if (job.payload().equals("sack 1")) {
                commits(job, "late").subscribe(nothing -> {}, errors::add);
            }
            return Mono.delay(ofSeconds(1)).then();
        });
        mill.enqueueTogether(engine, 3);
        mill.pass(ofSeconds(2));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);

        store.letGo();
        mill.pass(ofSeconds(1));

        refusedAs(AttemptEndedException.class);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
    }

    @Test
    void afterACompletionThatIsNotRolledBack() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> job.completeIn(open)
                .then(step(job, open, "late"))
                .onErrorResume(error -> open.rollback().then(Mono.error(error))));

        refusedFor(ALREADY_COMPLETED);
        assertThat(ran).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    /** The statement is on its way, and may be executed: the next of its name waits for its answer. */
    @Test
    void aStepThatWasCancelledWhileItWasRecorded() {
        InMemoryTransaction open = begin();
        Sinks.Empty<Void> gate = Sinks.empty();
        JobTransaction slow = new JobTransaction() {
            @Override
            public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
                return open.enqueue(jobs, by);
            }

            @Override
            public Mono<TransactionAnswer> record(long worker, NewStep step) {
                return open.record(worker, step).delayUntil(answer -> gate.asMono());
            }
        };
        JobId id = run(job -> job.stepIn(slow, "charge", () -> Mono.fromRunnable(() -> ran.add("first")))
                .timeout(ofSeconds(1))
                .onErrorResume(error -> commits(job, "charge")));
        mill.pass(ofSeconds(5));
        assertThat(ran).containsExactly("first");
        open.commit().block();
        gate.tryEmitEmpty();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("first");
        assertThat(ends).containsExactly(StepEnd.REPLAYED);
    }

    /** Its connection may be in the hands of somebody else by then. */
    @Test
    void aStepThatWasCancelledDuringTheSplitSendsNothing() {
        store.holdTheAnswer("split");
        InMemoryTransaction open = begin();
        JobEngine engine = start(job -> job.payload().equals("sack 1")
                ? step(job, open, "charge")
                        .timeout(ofSeconds(1))
                        .onErrorComplete()
                        .then(Mono.never())
                : Mono.never());
        mill.enqueueTogether(engine, 2);
        mill.pass(ofSeconds(2));
        JobId id = mill.store().jobs(JobState.LEASED).get(1).id();
        store.letGo();
        mill.pass(ofSeconds(1));
        open.commit().block();

        assertThat(ran).containsExactly("charge");
        assertThat(recorded(id)).isEmpty();
    }

    @Test
    void aHandlerThatIsCancelledRecordsNothing() {
        JobEngine engine = start(job -> Flux.from(job.stepIn(begin(), "charge", () -> Mono.<Void>never()))
                .doOnCancel(() -> ran.add("cancelled")));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        engine.client().cancel(id).subscribe();
        mill.pass(ofSeconds(20));

        assertThat(ran).containsExactly("cancelled");
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(recorded(id)).isEmpty();
    }

    @Test
    void outsideOfAnEngineTheWorkRuns() {
        Job<String> job = new Job<>(new JobId(1), "grind", "default", 4, 1, 20, "rye", Map.of(), null);

        assertThat(step(job, begin(), "charge").block()).isEqualTo("charge 1");
    }
}
