package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.NewJob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Slots are held for jobs of a caller's transaction until its end is reported, but not for long. */
class CommitHoldTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> handled = new ArrayList<>();
    private Unreliable store;
    private HandTransaction transaction;
    private JobEngine engine;

    @BeforeEach
    void startIdleEngine() {
        store = new Unreliable(mill.store());
        transaction = new HandTransaction(store.proxy());
        engine = mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(2).prefetch(0).pollInterval(ofHours(1)))
                        .subscribe(
                                GRIND,
                                job -> (job.payload().equals("long") ? Mono.delay(ofSeconds(5)) : Mono.empty())
                                        .then(Mono.fromRunnable(() -> handled.add(job.payload())))));
        mill.pass(ofSeconds(1));
    }

    private JobId enqueue(NewJob<String> job) {
        List<JobId> ids = new ArrayList<>();
        engine.client().in(transaction).enqueue(job).subscribe(answer -> ids.add(answer.id()));
        mill.settleDown();
        return ids.get(0);
    }

    @Test
    void theCommitStartsTheHandlerWithoutAClaim() {
        int claims = store.calls("claim");
        enqueue(GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        assertThat(handled).isEmpty();

        transaction.reportCommit();
        mill.settleDown();

        assertThat(handled).containsExactly("rye");
        assertThat(store.calls("enqueueAndClaim")).isOne();
        assertThat(store.calls("claim")).isEqualTo(claims);
    }

    @Test
    void aCommitThatIsReportedTwiceCountsOnce() {
        enqueue(GRIND.job("rye"));

        transaction.reportCommit();
        transaction.reportCommit();
        mill.pass(ofSeconds(1));

        assertThat(handled).containsExactly("rye");
    }

    @Test
    void heldSlotsAreNotHeldTwice() {
        enqueue(GRIND.job("rye"));
        enqueue(GRIND.job("oats"));

        enqueue(GRIND.job("wheat"));

        assertThat(store.calls("enqueueAndClaim")).isEqualTo(2);
        transaction.reportCommit();
        mill.settleDown();
        assertThat(handled).hasSize(3);
    }

    @Test
    void anOpenTransactionDelaysNoOtherJobs() {
        enqueue(GRIND.job("rye"));
        enqueue(GRIND.job("oats"));

        mill.enqueue(engine, 5);
        mill.settleDown();

        assertThat(handled).hasSize(5).doesNotContain("rye", "oats");
        transaction.reportCommit();
        mill.settleDown();
        assertThat(handled).contains("rye", "oats");
    }

    @Test
    void jobsWhoseSlotsWereTakenWaitForOthers() {
        enqueue(GRIND.job("rye"));
        enqueue(GRIND.job("oats"));
        mill.enqueue(engine, GRIND.job("long"));
        mill.enqueue(engine, GRIND.job("long"));

        transaction.reportCommit();
        mill.pass(ofSeconds(4));

        assertThat(handled).isEmpty();
        assertThat(mill.leased()).isEqualTo(4);
        mill.pass(ofSeconds(1));
        assertThat(handled).containsExactlyInAnyOrder("long", "long", "rye", "oats");
    }

    @Test
    void afterTwoSecondsTheSlotsAreFree() {
        enqueue(GRIND.job("rye"));
        enqueue(GRIND.job("oats"));
        mill.pass(ofMillis(1_900));
        mill.enqueue(engine, 1);
        assertThat(store.calls("enqueueAndClaim")).isEqualTo(2);
        mill.pass(ofMillis(200));

        mill.enqueue(engine, 1);
        mill.settleDown();

        assertThat(store.calls("enqueueAndClaim")).isEqualTo(3);
    }

    @Test
    void aLaterCommitHandsTheLeaseBackUncharged() {
        JobId id = enqueue(GRIND.job("rye"));
        mill.pass(ofSeconds(3));
        assertThat(mill.leased())
                .as("it is not known whether it will be committed")
                .isOne();
        store.refuse("claim");

        transaction.reportCommit();
        mill.settleDown();

        assertThat(handled).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(mill.find(id).attempt()).isZero();
        store.allow("claim");
        mill.pass(ofMinutes(1));
        assertThat(handled).containsExactly("rye");
    }

    @Test
    void aLaterCommitThatCannotHandBackIsCorrectedByTheHeartbeat() {
        enqueue(GRIND.job("rye"));
        mill.pass(ofSeconds(3));
        store.refuse("settle");

        transaction.reportCommit();
        mill.settleDown();
        store.allow("settle");
        mill.pass(ofMinutes(1));

        assertThat(handled).containsExactly("rye");
    }

    @Test
    void aCommitThatIsNeverReportedIsCorrectedByTheHeartbeat() {
        enqueue(GRIND.job("rye"));

        mill.pass(ofMinutes(1));

        assertThat(handled).containsExactly("rye");
    }

    @Test
    void aRollbackFreesTheSlotsAtOnceAndStartsNothing() {
        enqueue(GRIND.job("rye"));
        enqueue(GRIND.job("oats"));
        transaction.reportRollback();
        transaction.reportCommit();
        mill.settleDown();

        mill.enqueue(engine, 2);
        mill.settleDown();

        assertThat(handled).containsExactly("sack 0", "sack 1");
    }

    @Test
    void aStatementThatFailsFreesTheSlots() {
        store.refuse("enqueue");
        List<Throwable> errors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            engine.client().in(transaction).enqueue(GRIND.job("rye")).subscribe(answer -> {}, errors::add);
        }
        mill.settleDown();
        assertThat(errors).hasSize(3);
        store.allow("enqueue");

        mill.enqueue(engine, 2);
        mill.settleDown();

        assertThat(store.calls("enqueueAndClaim")).isEqualTo(5);
        assertThat(handled).hasSize(2);
    }

    @Test
    void aCallerThatCancelsAndCommitsLosesNothing() {
        store.hold("enqueue");
        Disposable impatient =
                engine.client().in(transaction).enqueue(GRIND.job("rye")).subscribe();
        mill.settleDown();
        impatient.dispose();
        store.letGo();
        mill.settleDown();

        transaction.reportCommit();
        mill.settleDown();

        assertThat(handled).containsExactly("rye");
    }

    /** A connection answers its statements in order, so this is not to be expected. */
    @Test
    void anAnswerThatComesAfterTheCommitHandsTheLeaseBack() {
        store.hold("enqueue");
        engine.client().in(transaction).enqueue(GRIND.job("rye")).subscribe();
        mill.settleDown();

        transaction.reportCommit();
        store.letGo();
        mill.settleDown();
        mill.enqueue(engine, 2);
        mill.settleDown();

        assertThat(handled).containsExactlyInAnyOrder("rye", "sack 0", "sack 1");
        assertThat(mill.leased()).isZero();
    }

    @Test
    void aQueueThatIsPausedBeforeTheCommitStartsNothingMore() {
        JobId id = enqueue(GRIND.job("rye"));
        mill.store().decisions().pause("default").subscribe();
        mill.enqueue(engine, GRIND.job("later").uniqueKey("makes it claim"));

        transaction.reportCommit();
        mill.settleDown();

        assertThat(handled).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        engine.operator().resume("default").subscribe();
        mill.pass(ofSeconds(1));
        assertThat(handled).containsExactlyInAnyOrder("rye", "later");
    }

    @Test
    void anEngineThatStopsWaitsForTheCommitAndHandsBack() {
        JobId id = enqueue(GRIND.job("rye"));
        List<String> stopped = new ArrayList<>();
        engine.stop(ofSeconds(30)).subscribe(nothing -> {}, error -> {}, () -> stopped.add("stopped"));
        mill.pass(ofMillis(500));
        assertThat(stopped).isEmpty();

        transaction.reportCommit();
        mill.pass(ofMillis(500));

        assertThat(stopped).hasSize(1);
        assertThat(handled).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void anEngineThatStopsWaitsNoLongerThanTheSlotsAreHeld() {
        JobId id = enqueue(GRIND.job("rye"));
        List<String> stopped = new ArrayList<>();
        engine.stop(ofSeconds(30)).subscribe(nothing -> {}, error -> {}, () -> stopped.add("stopped"));
        mill.pass(ofSeconds(3));
        assertThat(stopped).hasSize(1);

        transaction.reportCommit();
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void whatIsDueLaterOrHasAKeyIsPendingUntilTheCommitWakesTheQueue() {
        enqueue(GRIND.job("keyed").uniqueKey("one"));

        transaction.reportCommit();
        mill.settleDown();

        assertThat(store.calls("enqueueAndClaim")).isZero();
        assertThat(handled).containsExactly("keyed");
    }
}
