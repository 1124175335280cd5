package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A key that is held for a period after the enqueue, however the job ends. */
abstract class UniqueForContract extends ContractSuite {

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Draft PLAIN = job().uniqueKey("sack 7");
    private static final Draft KEPT = PLAIN.uniqueFor(PERIOD);

    /** Asks shortly before the period is over, with and without one, and shortly after. */
    private void assertKeptAfter(Consumer<JobId> ending) {
        JobId id = enqueue(KEPT);
        ending.accept(id);

        assertThat(enqueueAnswered(KEPT)).isEqualTo(new Enqueued(id, false));
        passTime(PERIOD.minusMinutes(5));
        assertThat(enqueueAnswered(PLAIN)).isEqualTo(new Enqueued(id, false));
        assertThat(enqueueAnswered(KEPT)).isEqualTo(new Enqueued(id, false));
        passTime(Duration.ofMinutes(10));
        assertThat(enqueueAnswered(PLAIN).created()).isTrue();
    }

    private void complete() {
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
    }

    @Test
    void aCompletedJobKeepsItsKeyUntilThePeriodIsOver() {
        assertKeptAfter(id -> complete());
    }

    @Test
    void aJobThatWasCancelledWhileItWaitedKeepsItsKey() {
        assertKeptAfter(id -> assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED));
    }

    @Test
    void aJobThatWasCancelledByItsHandlerKeepsItsKey() {
        assertKeptAfter(id -> {
            long worker = worker();
            settle(worker, cancelled(claimOne(worker)));
        });
    }

    @Test
    void aDiscardedJobKeepsItsKey() {
        assertKeptAfter(id -> {
            failJobs(id);
            assertThat(discard(FailedJobs.byId(List.of(id))).discarded()).isEqualTo(1);
        });
    }

    @Test
    void aPrunedTombstoneKeepsItsKey() {
        assertKeptAfter(id -> {
            failJobs(id);
            passTime(Duration.ofMinutes(2));
            assertThat(await(store().decisions().prune(Duration.ofMinutes(1)))).isEqualTo(1);
        });
    }

    @Test
    void aCompletedJobThatWasPrunedKeepsItsKey() {
        assertKeptAfter(id -> {
            complete();
            passTime(Duration.ofMinutes(2));
            assertThat(await(store().decisions().pruneCompleted(Duration.ofMinutes(1))))
                    .isLessThanOrEqualTo(1);
        });
    }

    @Test
    void aJobThatLivesLongerHoldsItsKeyUntilItEnds() {
        JobId id = enqueue(KEPT);
        passTime(PERIOD.multipliedBy(2));
        assertThat(enqueueAnswered(KEPT)).isEqualTo(new Enqueued(id, false));

        complete();

        assertThat(enqueueAnswered(PLAIN).created()).isTrue();
    }

    @Test
    void aFailedTombstoneHoldsItsKeyBeyondThePeriod() {
        JobId id = enqueue(KEPT);
        failJobs(id);
        passTime(PERIOD.multipliedBy(2));

        assertThat(enqueueAnswered(PLAIN)).isEqualTo(new Enqueued(id, false));
    }

    @Test
    void whoAsksDoesNotChangeThePeriodOfTheHolder() {
        JobId id = enqueue(KEPT);
        assertThat(enqueueAnswered(PLAIN.uniqueFor(PERIOD.multipliedBy(10)))).isEqualTo(new Enqueued(id, false));
        complete();

        passTime(PERIOD.plusMinutes(1));

        assertThat(enqueueAnswered(PLAIN).created()).isTrue();
    }

    @Test
    void aJobWithoutAPeriodReleasesItsKeyAsBefore() {
        given(PLAIN);
        assertThat(enqueueAnswered(KEPT).created()).isFalse();

        complete();

        assertThat(enqueueAnswered(KEPT).created()).isTrue();
    }

    @Test
    void aKeyThatIsKeptBelongsToItsKind() {
        given(KEPT);
        complete();

        assertThat(enqueueAnswered(KEPT.kind(OTHER_KIND)).created()).isTrue();
    }

    @Test
    void aSweepReleasesOnlyKeysThatAreKeptNoMore() {
        JobId early = enqueue(KEPT);
        JobId late = enqueue(job().uniqueKey("sack 8").uniqueFor(PERIOD.multipliedBy(3)));
        assertThat(List.of(cancel(early), cancel(late))).containsOnly(CancelAnswer.CANCELLED);
        passTime(PERIOD.plusMinutes(1));

        assertThat(sweep()).isEqualTo(IDLE);

        assertThat(enqueueAnswered(job().uniqueKey("sack 8"))).isEqualTo(new Enqueued(late, false));
        assertThat(enqueueAnswered(PLAIN).created()).isTrue();
        passTime(PERIOD.multipliedBy(2));
        assertThat(sweep()).isEqualTo(IDLE);
        assertThat(enqueueAnswered(job().uniqueKey("sack 8")).created()).isTrue();
    }

    @Test
    void inABatchTheFirstOfAKeyDecides() {
        List<Enqueued> answers = await(store().intake()
                .enqueue(
                        List.of(
                                KEPT.encode(),
                                PLAIN.encode(),
                                job().encode(),
                                KEPT.kind(OTHER_KIND).encode()),
                        0));

        assertThat(answers).map(Enqueued::created).containsExactly(true, false, true, true);
        assertThat(answers.get(1).id()).isEqualTo(answers.get(0).id());
        long worker = worker();
        settle(worker, claimAll(worker).stream().map(Outcomes::completed).toList());
        assertThat(enqueueAnswered(PLAIN).created()).isFalse();
    }

    @Test
    void ofManyWhoAskWhenThePeriodIsOverOneCreatesTheJob() {
        given(KEPT);
        complete();
        passTime(PERIOD.plusMinutes(1));

        List<Enqueued> answers = atOnce(12, caller -> enqueueOnceFree((caller % 2 == 0 ? KEPT : PLAIN)));

        assertThat(answers).filteredOn(Enqueued::created).hasSize(1);
        assertThat(answers).map(Enqueued::id).containsOnly(answers.get(0).id());
    }
}
