package io.headrace.testkit.pipeline;

import static io.headrace.TransactionRefusedException.Reason.ALREADY_COMPLETED;
import static io.headrace.TransactionRefusedException.Reason.ATTEMPT_OVER;
import static io.headrace.TransactionRefusedException.Reason.NOT_SUPPORTED;
import static io.headrace.TransactionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;
import static io.headrace.TransactionRefusedException.Reason.OTHER_OUTCOME;
import static io.headrace.TransactionRefusedException.Reason.UNDER_WAY;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.Backoff;
import io.headrace.CompletionRolledBackException;
import io.headrace.Delivery;
import io.headrace.InvalidValueException;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.TransactionRefusedException;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.InMemoryTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Completions in a transaction that are refused: the error says why, and nothing is half done. */
class CompleteInRefusedTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    private final List<Throwable> errors = new ArrayList<>();
    private final List<InMemoryTransaction> transactions = new ArrayList<>();

    private JobEngine start(JobStore store, Function<Job<String>, Publisher<?>> handler) {
        return mill.start(
                store,
                e -> e.queue("default", q -> q.concurrency(64).pollInterval(ofSeconds(30)))
                        .subscribe(JobHandler.of(GRIND, handler)
                                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofHours(1))))));
    }

    private JobId run(Function<Job<String>, Mono<?>> handler) {
        JobEngine engine = start(mill.store(), job -> handler.apply(job).doOnError(errors::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        return id;
    }

    private InMemoryTransaction begin() {
        InMemoryTransaction begun = mill.store().begin();
        transactions.add(begun);
        return begun;
    }

    private void refusedFor(TransactionRefusedException.Reason reason) {
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        TransactionRefusedException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    @Test
    void aTransactionOfAnotherDatabase() {
        JobId id = run(job -> job.completeIn(InMemoryJobStore.create().begin()));

        refusedFor(OTHER_DATABASE);
        assertThat(errors.get(0))
                .hasMessage("Job " + id + " was not completed: the connection does not see this engine's jobs."
                        + " Use a connection to the database of its store, and the schema of its store");
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void aTransactionOfAnotherDatabaseForAJobThatSharesItsLease() {
        JobEngine engine = start(
                mill.store(),
                job -> job.payload().equals("sack 1")
                        ? job.completeIn(InMemoryJobStore.create().begin()).doOnError(errors::add)
                        : Mono.delay(ofSeconds(5)));
        mill.enqueueTogether(engine, 5);
        mill.pass(ofSeconds(10));

        refusedFor(OTHER_DATABASE);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(4);
    }

    @Test
    void aTransactionThatHasEnded() {
        run(job -> {
            InMemoryTransaction ended = mill.store().begin();
            return ended.rollback().then(job.completeIn(ended));
        });

        refusedFor(NO_TRANSACTION);
    }

    @Test
    void aTransactionOfAStoreThatHasNone() {
        JobTransaction plain = (jobs, by) -> Mono.empty();
        run(job -> job.completeIn(plain));

        refusedFor(NOT_SUPPORTED);
    }

    @Test
    void twiceInOneTransaction() {
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open)
                    .then(job.completeIn(open))
                    .onErrorResume(error -> open.rollback().then(Mono.error(error)));
        });

        refusedFor(ALREADY_COMPLETED);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void againAfterTheCommit() {
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open)
                    .then(open.commit())
                    .then(job.completeIn(mill.store().begin()));
        });

        refusedFor(ALREADY_COMPLETED);
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void twoAtOnce() {
        Unreliable store = new Unreliable(mill.store());
        store.holdTheAnswer("split");
        JobEngine engine = start(
                store.proxy(),
                job -> job.payload().equals("sack 0")
                        ? Flux.mergeDelayError(
                                        2,
                                        job.completeIn(begin()),
                                        job.completeIn(begin())
                                                .doOnError(errors::add)
                                                .onErrorComplete())
                                .then(Mono.never())
                        : Mono.never());
        mill.enqueueTogether(engine, 2);
        mill.pass(ofSeconds(1));

        refusedFor(UNDER_WAY);
        store.letGo();
        mill.pass(ofSeconds(1));
        assertThat(store.calls("split")).isOne();
        transactions.forEach(open -> open.rollback().block());
    }

    @Test
    void afterTheAttemptHasEnded() {
        AtomicReference<Job<String>> kept = new AtomicReference<>();
        JobId id = run(job -> {
            kept.set(job);
            return Mono.empty();
        });
        InMemoryTransaction open = mill.store().begin();
        kept.get().completeIn(open).subscribe(nothing -> {}, errors::add);

        refusedFor(ATTEMPT_OVER);
        open.commit().block();
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void anOutcomeThatDoesNotComplete() {
        run(job -> job.completeIn(mill.store().begin(), JobOutcome.snooze(ofSeconds(5))));

        refusedFor(OTHER_OUTCOME);
    }

    @Test
    void aResultThatIsTooLong() {
        JobId id = run(job -> job.completeIn(mill.store().begin(), JobOutcome.complete("x".repeat(70_000))));

        assertThat(errors).singleElement().isInstanceOf(InvalidValueException.class);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    /** Cancelled by another process, of which this one has yet to hear. */
    @Test
    void aJobThatHasLeftItsLease() {
        JobId id = run(job -> mill.store()
                .decisions()
                .cancel(job.id())
                .then(Mono.defer(() -> job.completeIn(mill.store().begin()))));

        assertThat(errors).singleElement().isInstanceOf(LeaseLostException.class);
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aHandlerThatSwallowsTheRefusalCompletesItsJob() {
        JobId id = run(job -> job.completeIn(InMemoryJobStore.create().begin()).onErrorComplete());

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    /** It may have moved to a lease that this process has yet to hear of. */
    @Test
    void anAttemptThatEndsDuringASplitIsSettledUnderTheNewLease() {
        Unreliable store = new Unreliable(mill.store());
        store.holdTheAnswer("split");
        JobEngine engine = start(store.proxy(), job -> {
            if (job.payload().equals("sack 1")) {
                job.completeIn(begin()).subscribe(nothing -> {}, errors::add);
            }
            return Mono.empty();
        });
        mill.enqueueTogether(engine, 3);
        mill.pass(ofSeconds(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);

        store.letGo();
        mill.pass(ofSeconds(1));

        refusedFor(ATTEMPT_OVER);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void jobsOfABatchAreCompletedOneByOne() {
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.concurrency(10))
                .subscribe(JobHandler.batch(GRIND, b -> b.most(10), batch -> {
                    InMemoryTransaction open = mill.store().begin();
                    return Flux.fromIterable(batch.jobs())
                            .filter(job -> !job.payload().equals("sack 3"))
                            .concatMap(job -> job.completeIn(open))
                            .then(open.commit());
                })));
        mill.enqueueTogether(engine, 6);
        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(6);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aDeliveryIsSettledAfterTheCommitAndNotAfterARollback() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();
        mill.enqueueTogether(engine, 2);
        mill.pass(ofSeconds(1));
        List<String> ends = new ArrayList<>();
        for (Delivery<String> delivery : deliveries) {
            InMemoryTransaction open = mill.store().begin();
            Mono<Void> end = delivery.job().payload().equals("sack 0") ? open.commit() : open.rollback();
            delivery.job()
                    .completeIn(open)
                    .then(end)
                    .then(delivery.complete())
                    .subscribe(
                            nothing -> {},
                            errors::add,
                            () -> ends.add(delivery.job().payload()));
        }
        mill.pass(ofSeconds(1));

        assertThat(ends).containsExactly("sack 0");
        assertThat(errors).singleElement().isInstanceOf(CompletionRolledBackException.class);
    }

    @Test
    void outsideOfAnEngineNothingIsRecorded() {
        Job<String> job = new Job<>(new JobId(1), "grind", "default", 4, 1, 20, "rye", Map.of(), null);

        assertThat(job.completeIn(mill.store().begin()).blockOptional()).isEmpty();
        assertThat(job.prepareTransaction().blockOptional()).isEmpty();
    }
}
