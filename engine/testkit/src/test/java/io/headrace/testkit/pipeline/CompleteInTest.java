package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.AttemptTimeoutException;
import io.headrace.Backoff;
import io.headrace.CompletionRolledBackException;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.testkit.InMemoryTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A job that its handler completes in a transaction is completed if that is committed, and only then. */
class CompleteInTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    private final Notebook notebook = new Notebook();
    private final List<Throwable> errors = new ArrayList<>();

    private JobEngine start(Function<Job<String>, Publisher<?>> handler) {
        return mill.start(e -> e.observer(notebook)
                .queue("default", q -> q.concurrency(64).pollInterval(ofSeconds(30)))
                .subscribe(JobHandler.of(GRIND, handler)
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofHours(1))))
                        .timeout(ofMinutes(10))));
    }

    private Mono<Void> commits(Job<String> job) {
        InMemoryTransaction open = mill.store().begin();
        return job.completeIn(open).then(open.commit());
    }

    private JobId run(Function<Job<String>, Publisher<?>> handler) {
        return mill.enqueue(start(handler), GRIND.job("rye"));
    }

    private JobSnapshot after(Duration passed, JobId id) {
        mill.pass(passed);
        return mill.find(id);
    }

    private static String failure(JobSnapshot job) {
        return job.failures().get(0).errorType();
    }

    @Test
    void aJobIsCompletedByTheCommit() {
        JobId id = run(this::commits);

        assertThat(after(ofSeconds(1), id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notebook.starting("settled")).containsExactly("settled default grind COMPLETED");
        assertThat(log.at(Level.WARN)).isEmpty();
        assertThat(mill.leased()).isZero();
    }

    @Test
    void jobsOfOneLeaseAreCompletedApartFromEachOther() {
        JobEngine engine =
                start(job -> job.payload().endsWith("3") || job.payload().endsWith("7") ? commits(job) : Mono.empty());
        mill.enqueueTogether(engine, 40);
        mill.pass(ofSeconds(5));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(40);
        assertThat(notebook.starting("settled")).hasSize(40).containsOnly("settled default grind COMPLETED");
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void theResultAndWhatFollowsComeWithTheCommit() {
        JobId id = run(job -> {
            if (!job.payload().equals("rye")) {
                return Mono.empty();
            }
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open, JobOutcome.completeThen(List.of(GRIND.job("next")), "flour"))
                    .then(open.commit());
        });
        mill.pass(ofSeconds(1));

        assertThat(mill.find(id).result()).isEqualTo("\"flour\"");
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
    }

    @Test
    void aHandlerThatCompletesAfterARollbackHasFailed() {
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open).then(open.rollback());
        });

        JobSnapshot found = after(ofSeconds(1), id);
        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(failure(found)).isEqualTo(CompletionRolledBackException.class.getName());
        assertThat(notebook.starting("settled")).containsExactly("settled default grind RETRIED");
    }

    @Test
    void anErrorAfterARollbackIsTheFailure() {
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open).then(open.rollback()).then(Mono.error(new IllegalStateException("the stone")));
        });

        assertThat(failure(after(ofSeconds(1), id))).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void anyOtherOutcomeAfterARollbackCounts() {
        JobId id = run(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open).then(open.rollback()).thenReturn(JobOutcome.cancel("no flour"));
        });

        assertThat(after(ofSeconds(1), id).state()).isEqualTo(JobState.CANCELLED);
    }

    /** As when the connection is lost before the answer to the commit has come. */
    @Test
    void anErrorAfterTheCommitChangesNothing() {
        JobId id = run(job -> commits(job).then(Mono.error(new IllegalStateException("the stone"))));

        JobSnapshot found = after(ofSeconds(1), id);
        assertThat(found.state()).isEqualTo(JobState.COMPLETED);
        assertThat(found.failures()).isEmpty();
        assertThat(notebook.starting("settled")).containsExactly("settled default grind COMPLETED");
    }

    @Test
    void anOpenTransactionHoldsUpNobodyAndDecidesInTheEnd() {
        InMemoryTransaction open = mill.store().begin();
        JobEngine engine = start(job -> job.payload().equals("slow") ? job.completeIn(open) : commits(job));
        JobId slow = mill.enqueue(engine, GRIND.job("slow"));
        JobId fast = mill.enqueue(engine, GRIND.job("fast"));
        mill.pass(ofSeconds(3));

        assertThat(mill.find(fast).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(slow).state()).isEqualTo(JobState.LEASED);
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("is open. Commit or roll back before");
        open.commit().block();

        assertThat(after(ofSeconds(1), slow).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notebook.starting("settled")).hasSize(2).containsOnly("settled default grind COMPLETED");
    }

    @Test
    void aTransactionThatIsRolledBackLaterFailsTheAttempt() {
        InMemoryTransaction open = mill.store().begin();
        JobId id = run(job -> job.completeIn(open));
        mill.pass(ofSeconds(30));
        open.rollback().block();

        assertThat(failure(after(ofSeconds(1), id))).isEqualTo(CompletionRolledBackException.class.getName());
    }

    @Test
    void aHandlerThatTimesOutHasFailedUnlessItHadCommitted() {
        JobEngine engine = start(job -> {
            InMemoryTransaction open = mill.store().begin();
            Mono<Void> end = job.payload().equals("late") ? Mono.never() : open.commit();
            return job.completeIn(open)
                    .then(end)
                    .then(Mono.never())
                    .doOnCancel(() -> open.rollback().subscribe());
        });
        JobId late = mill.enqueue(engine, GRIND.job("late"));
        JobId committed = mill.enqueue(engine, GRIND.job("committed"));

        assertThat(failure(after(ofMinutes(11), late))).isEqualTo(AttemptTimeoutException.class.getName());
        assertThat(mill.find(committed).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aHeartbeatAfterTheCommitDoesNotCancelTheHandler() {
        AtomicInteger cancelled = new AtomicInteger();
        JobId id = run(job -> commits(job).then(Mono.delay(ofMinutes(2))).doOnCancel(cancelled::incrementAndGet));

        assertThat(after(ofMinutes(3), id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(cancelled).hasValue(0);
        assertThat(notebook.starting("settled")).containsExactly("settled default grind COMPLETED");
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void aCancelledJobCannotBeCommitted() {
        InMemoryTransaction open = mill.store().begin();
        AtomicInteger cancelled = new AtomicInteger();
        JobEngine engine = start(job -> job.completeIn(open).then(Mono.never()).doOnCancel(cancelled::incrementAndGet));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        engine.client().cancel(id).subscribe();
        mill.pass(ofSeconds(20));

        assertThat(cancelled).hasValue(1);
        open.commit().subscribe(nothing -> {}, errors::add);
        assertThat(errors).hasSize(1);
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void anEngineThatStopsLeavesItToTheTransaction() {
        InMemoryTransaction open = mill.store().begin();
        JobEngine engine = start(job -> job.completeIn(open).then(Mono.never()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        engine.stop(ofSeconds(1)).subscribe();
        mill.pass(ofSeconds(2));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);
        open.commit().block();

        assertThat(after(ofSeconds(2), id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(notebook.starting("stopped")).hasSize(1);
    }

    @Test
    void anEngineThatStopsHandsBackWhatWasRolledBack() {
        JobEngine engine = start(job -> {
            InMemoryTransaction open = mill.store().begin();
            return job.completeIn(open)
                    .then(Mono.never())
                    .doOnCancel(() -> open.rollback().subscribe());
        });
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.stop(engine, ofSeconds(1));

        JobSnapshot found = mill.find(id);
        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(found.attempt()).isZero();
    }

    @Test
    void anEngineThatStopsDoesNotWaitForEverForATransaction() {
        InMemoryTransaction open = mill.store().begin();
        JobEngine engine = start(job -> job.completeIn(open));
        mill.enqueue(engine, GRIND.job("rye"));
        List<String> ends = new ArrayList<>();
        engine.stop(ofSeconds(1)).subscribe(nothing -> {}, error -> {}, () -> ends.add("stopped"));
        mill.pass(ofMinutes(5));

        assertThat(ends).containsExactly("stopped");
        open.rollback().block();
    }

    @Test
    void aTransactionThatIsTriedAgainCompletesTheJob() {
        JobId id = run(job -> {
            InMemoryTransaction first = mill.store().begin();
            return job.completeIn(first).then(first.rollback()).then(Mono.defer(() -> commits(job)));
        });

        assertThat(after(ofSeconds(1), id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void progressIsSeenUnderTheLeaseToWhichTheJobMoves() {
        Sinks.Empty<Void> gate = Sinks.empty();
        JobEngine engine = start(job -> {
            if (!job.payload().equals("sack 1")) {
                return gate.asMono();
            }
            job.progress(40);
            return Mono.delay(ofSeconds(10))
                    .then(job.prepareTransaction())
                    .then(gate.asMono())
                    .then(Mono.defer(() -> commits(job)));
        });
        mill.enqueueTogether(engine, 3);
        mill.pass(ofSeconds(20));
        JobId id = mill.store().jobs(JobState.LEASED).get(1).id();

        assertThat(mill.store()
                        .inspector()
                        .look(Set.of(id))
                        .blockFirst()
                        .progress()
                        .percent())
                .isEqualTo(40);
        gate.tryEmitEmpty();
        assertThat(after(ofSeconds(1), id).state()).isEqualTo(JobState.COMPLETED);
    }
}
