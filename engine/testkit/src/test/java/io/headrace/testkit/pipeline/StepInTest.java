package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.observe.StepEnd;
import io.headrace.testkit.InMemoryTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A step that is recorded in a transaction is on record if that is committed, and only then. */
class StepInTest extends StepInTests {

    @Test
    void whatWasCommittedDoesNotRunAgain() {
        JobId id = run(job -> commits(job, "charge").then(failFirst(job)));
        assertThat(mill.find(id).failures()).hasSize(1);
        assertThat(recorded(id)).containsExactly("charge");

        assertThat(afterTheRetry(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge");
        assertThat(seen).containsExactly("charge 1", "charge 1");
        assertThat(ends).containsExactly(StepEnd.RECORDED, StepEnd.REPLAYED);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void whatWasRolledBackRunsAgain() {
        JobId id = run(job -> {
            InMemoryTransaction open = begin();
            return step(job, open, "charge")
                    .then(failFirst(job))
                    .then(open.commit())
                    .onErrorResume(error -> open.rollback().then(Mono.error(error)));
        });
        assertThat(recorded(id)).isEmpty();

        assertThat(afterTheRetry(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge", "charge");
        assertThat(recorded(id)).containsExactly("charge");
        assertThat(ends).containsExactly(StepEnd.RECORDED, StepEnd.RECORDED);
    }

    @Test
    void workThatFailsIsNotRecorded() {
        JobId id = run(job -> {
            InMemoryTransaction open = begin();
            return job.stepIn(open, "charge", () -> failFirst(job))
                    .then(open.commit())
                    .onErrorResume(error -> open.rollback().then(Mono.error(error)));
        });
        assertThat(mill.find(id).failures().get(0).message()).isEqualTo("torn");

        assertThat(afterTheRetry(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).containsExactly("charge");
        assertThat(ends).containsExactly(StepEnd.FAILED, StepEnd.RECORDED);
    }

    @Test
    void aTransactionThatIsRepeatedRepeatsItsStep() {
        JobId id = run(job -> {
            InMemoryTransaction first = begin();
            return step(job, first, "charge").then(first.rollback()).then(Mono.defer(() -> commits(job, "charge")));
        });

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge", "charge");
        assertThat(seen).containsExactly("charge 1", "charge 2");
        assertThat(recorded(id)).containsExactly("charge");
    }

    /** As when the connection is lost before the answer to the commit has come. */
    @Test
    void aTransactionThatIsRepeatedAfterItsCommitFindsItsStep() {
        JobId id = run(job -> commits(job, "charge")
                .then(torn())
                .onErrorResume(error -> commits(job, "charge"))
                .then(commits(job, "mail")));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge", "mail");
        assertThat(seen).containsExactly("charge 1", "charge 1", "mail 2");
        assertThat(ends).containsExactly(StepEnd.RECORDED, StepEnd.REPLAYED, StepEnd.RECORDED);
    }

    /** Its rollback or its commit is on its way when the handler begins anew. */
    @Test
    void aTransactionThatIsRepeatedWaitsForTheEndOfTheFirst() {
        InMemoryTransaction first = begin();
        JobId id = run(job -> step(job, first, "charge").then(Mono.defer(() -> commits(job, "charge"))));
        assertThat(ran).containsExactly("charge");
        first.commit().block();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).containsExactly("charge");
        assertThat(seen).containsExactly("charge 1", "charge 1");
    }

    @Test
    void theJobMayBeCompletedInTheSameTransaction() {
        JobId id = run(job -> {
            InMemoryTransaction open = begin();
            return step(job, open, "charge").then(job.completeIn(open)).then(open.commit());
        });

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).containsExactly("charge");
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aTransactionWithStepsAndTheCompletionIsRepeated() {
        JobId id = run(job -> {
            InMemoryTransaction first = begin();
            return step(job, first, "charge")
                    .then(job.completeIn(first))
                    .then(first.rollback())
                    .then(Mono.defer(() -> {
                        InMemoryTransaction second = begin();
                        return step(job, second, "charge")
                                .then(job.completeIn(second))
                                .then(second.commit());
                    }));
        });

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isOne();
        assertThat(ran).containsExactly("charge", "charge");
        assertThat(errors).isEmpty();
    }

    @Test
    void anErrorAfterTheCommitIsRecordedAsAnyOther() {
        JobId id = run(job -> commits(job, "charge").then(torn()));

        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).failures().get(0).errorType()).isEqualTo(IllegalStateException.class.getName());
        assertThat(recorded(id)).containsExactly("charge");
    }

    @Test
    void theAttemptGoesOnWithOtherStepsAndTransactions() {
        JobId id = run(job -> job.step("look", String.class, () -> Mono.just("there"))
                .then(commits(job, "charge"))
                .then(job.step("ship", () -> Mono.empty()))
                .then(commits(job, "book"))
                .then(job.cursor(7))
                .then(commits(job, "charge again")));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).containsExactly("look", "charge", "ship", "book", "charge again");
    }

    @Test
    void jobsOfOneLeaseGoOnMeanwhile() {
        InMemoryTransaction open = begin();
        JobEngine engine = start(job -> job.payload().equals("sack 3")
                ? step(job, open, "charge")
                : job.payload().equals("sack 5") ? commits(job, "charge") : Mono.empty());
        mill.enqueueTogether(engine, 20);
        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(19);
        open.rollback().block();
        mill.pass(ofSeconds(1));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(20);
    }

    @Test
    void stepsInTwoTransactionsAtOnceShareASplit() {
        store.holdTheAnswer("split");
        JobEngine engine = start(job -> job.payload().equals("sack 1")
                ? Mono.when(commits(job, "charge"), commits(job, "ship"))
                : Mono.never());
        mill.enqueueTogether(engine, 3);
        mill.pass(ofSeconds(1));
        store.letGo();
        mill.pass(ofSeconds(1));

        JobId id = mill.store().jobs(JobState.COMPLETED).get(0).id();
        assertThat(recorded(id)).containsExactlyInAnyOrder("charge", "ship");
        assertThat(store.calls("split")).isOne();
    }

    @Test
    void theOutcomeWaitsForATransactionThatIsOpen() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> step(job, open, "charge"));
        mill.pass(ofSeconds(3));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);
        assertThat(log.at(Level.WARN))
                .singleElement()
                .asString()
                .contains("called completeIn or stepIn is open. Commit or roll back before");
        open.commit().block();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).containsExactly("charge");
    }

    /** That says nothing about the outcome, which is the handler's. */
    @Test
    void aRollbackAfterTheEndDoesNotChangeTheOutcome() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> step(job, open, "charge"));
        open.rollback().block();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).isEmpty();
    }

    @Test
    void aJobThatIsLostMeanwhileHasNoOutcome() {
        InMemoryTransaction open = begin();
        JobId id = run(job -> step(job, open, "charge"));
        mill.store().decisions().cancel(id).block();
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
        open.commit().subscribe(nothing -> {}, errors::add);
        assertThat(errors).hasSize(1);
        assertThat(mill.leased()).isZero();
    }

    @Test
    void anEngineThatStopsDoesNotWaitForEverForATransaction() {
        InMemoryTransaction open = begin();
        JobEngine engine = start(job -> step(job, open, "charge"));
        mill.enqueue(engine, GRIND.job("rye"));
        List<Object> stopped = seen;
        engine.stop(ofSeconds(1)).subscribe(nothing -> {}, error -> {}, () -> stopped.add("stopped"));
        mill.pass(ofMinutes(5));

        assertThat(stopped).contains("stopped");
        open.rollback().block();
    }

    @Test
    void jobsOfABatchRecordInOneTransaction() {
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.concurrency(10))
                .subscribe(JobHandler.batch(GRIND, b -> b.most(10), batch -> {
                    InMemoryTransaction open = begin();
                    return Flux.fromIterable(batch.jobs())
                            .concatMap(job -> step(job, open, "charge"))
                            .then(open.commit());
                })));
        mill.enqueueTogether(engine, 6);
        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED))
                .hasSize(6)
                .allSatisfy(job -> assertThat(recorded(job.id())).containsExactly("charge"));
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aDeliveryRecordsBeforeItIsSettled() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        engine.receive(GRIND)
                .concatMap(delivery -> commits(delivery.job(), "charge").then(delivery.complete()))
                .subscribe(nothing -> {}, errors::add);
        mill.settleDown();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(recorded(id)).containsExactly("charge");
    }
}
