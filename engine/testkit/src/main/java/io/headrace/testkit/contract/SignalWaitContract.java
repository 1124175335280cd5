package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.JobState;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.WaitingJobs;
import io.headrace.operate.JobFilter;
import io.headrace.signal.AwaitedSignal;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.SignalReading.State;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobs that wait for signals, in the hands of operators and of upkeep. */
abstract class SignalWaitContract extends SignalSuite {

    private long prune(Duration retention) {
        return await(store().signals().prune(retention));
    }

    @Test
    void whoWaitsForWhatIsListedByKeyAndJob() {
        long worker = worker();
        JobId b1 = waiting(worker, "b");
        JobId a = waiting(worker, "a");
        JobId b2 = waiting(worker, "b", DAY);
        JobId fish = waiting(worker, "\uD83D\uDC1F");
        JobId private1 = waiting(worker, "\uE000");

        assertThat(awaited(null, 2)).extracting(AwaitedSignal::job).containsExactly(a, b1, b2, private1, fish);
        assertThat(awaited("b", 1)).extracting(AwaitedSignal::job).containsExactly(b1, b2);
        assertThat(awaited("c", 1)).isEmpty();
        AwaitedSignal last = awaited("b", 10).get(1);
        assertThat(last.queue()).isEqualTo(QUEUE);
        assertThat(last.kind()).isEqualTo(KIND);
        assertThat(last.key()).isEqualTo("b");
        assertThat(last.until()).isEqualTo(find(b2).runAt());
        assertThat(Duration.between(last.since(), last.until()).toSeconds()).isEqualTo(DAY.toSeconds());
    }

    @Test
    void whoWaitsNoMoreIsNotListed() {
        long worker = worker();
        JobId signalled = waiting(worker, "a");
        JobId cancelled = waiting(worker, "b");
        JobId due = waiting(worker, "c");
        JobId snoozes = waiting(worker, "d");
        assertThat(signal("a")).isEqualTo(woke(1));
        assertThat(cancel(cancelled)).isEqualTo(CancelAnswer.CANCELLED);
        for (JobId id : List.of(due, snoozes)) {
            assertThat(await(store().decisions().runNow(id))).isTrue();
        }
        for (ClaimedJob claimed : claimAll(worker)) {
            if (claimed.id() == snoozes.value()) {
                settle(worker, snoozed(claimed, DAY));
            } else {
                settle(worker, completed(claimed));
            }
        }

        assertThat(awaited(null, 10)).isEmpty();
        assertThat(signal("d")).as("it does not wait for this any more").isEqualTo(KEPT);
        assertThat(find(signalled).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobThatWaitsSaysForWhat() {
        JobId id = waiting(worker(), KEY);

        JobReason reason = await(store().inspector().why(id)).reason();

        assertThat(reason).isEqualTo(new JobReason.WaitsForSignal(KEY, Objects.requireNonNull(find(id).runAt())));
        assertThat(reason.code()).isEqualTo("WAITS_FOR_SIGNAL");
        assertThat(reason.describe()).contains(KEY);
        passTime(HOUR.plusSeconds(1));
        assertThat(await(store().inspector().why(id)).reason()).isNotInstanceOf(JobReason.WaitsForSignal.class);
    }

    @Test
    void aJobThatIsMadeDueHasNoSignalYet() {
        long worker = worker();
        JobId id = waiting(worker, KEY);

        assertThat(await(store().decisions().runNow(id))).isTrue();

        ClaimedJob claimed = claimOne(worker);
        assertThat(state(id, KEY)).as("neither signalled nor timed out").isEqualTo(State.NONE);
        assertThat(signal(KEY)).as("it does not wait").isEqualTo(KEPT);
        settle(worker, awaiting(claimed, KEY, HOUR));
        assertThat(idsOf(claimAll(worker))).as("due at once").containsExactly(id);
    }

    @Test
    void aCancelledJobIsNotWoken() {
        JobId id = waiting(worker(), KEY);

        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(signal(KEY)).isEqualTo(KEPT);
        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aBulkCancelEndsJobsThatWait() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        JobId delayed = enqueue(job().delay(HOUR));
        BulkOperation operation =
                await(store().bulk().start(new BulkAction.Cancel(WaitingJobs.inQueue(QUEUE)), "ada", 7, HOUR));

        while (!operation.state().isEnded()) {
            operation = await(store().bulk().step(operation.id(), 7, HOUR));
        }

        assertThat(operation.done()).isEqualTo(2);
        assertThat(signal(KEY)).isEqualTo(KEPT);
        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(find(delayed).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobThatFailedAndIsRetriedReadsTheSameSignal() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        assertThat(signal(KEY, "1")).isEqualTo(woke(1));
        settle(worker, failed(claimOne(worker)));

        assertThat(retry(FailedJobs.byId(Set.of(id))).retried()).isEqualTo(1);

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(read(id, KEY).value()).isEqualTo("1");
    }

    @Test
    void aDiscardedJobIsNotWoken() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        assertThat(await(store().decisions().runNow(id))).isTrue();
        settle(worker, failed(claimOne(worker)));

        assertThat(discard(FailedJobs.byId(Set.of(id))).discarded()).isEqualTo(1);

        assertThat(signal(KEY)).isEqualTo(KEPT);
    }

    @Test
    void aSweepPutsAJobBackThatWasWoken() {
        long dying = worker(Duration.ofMinutes(1));
        JobId id = waiting(dying, KEY);
        assertThat(signal(KEY, "1")).isEqualTo(woke(1));
        assertThat(idsOf(claimAll(dying))).containsExactly(id);
        passTime(Duration.ofMinutes(1));

        assertThat(sweep().returned()).isEqualTo(1);

        assertThat(idsOf(claimAll(worker()))).containsExactly(id);
        assertThat(read(id, KEY).value()).isEqualTo("1");
    }

    @Test
    void aJobThatIsHandedBackAfterItsTimeoutFindsTheSignal() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        passTime(HOUR.plusSeconds(1));
        settle(worker, released(claimOne(worker)));

        assertThat(signal(KEY).created()).isTrue();

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);
    }

    @Test
    void jobsThatWaitAreListedAsPending() {
        JobId id = waiting(worker(), KEY);
        JobFilter pending = JobFilter.any().withState(JobState.PENDING);

        assertThat(await(store().inspector().jobs(pending, null, 10)).jobs())
                .extracting(each -> each.id())
                .containsExactly(id);
    }

    @Test
    void aSignalIsAnnouncedWhereAWorkerWaits() {
        long worker = worker();
        given(job());
        settle(worker, awaiting(claimOne(worker), KEY, HOUR));
        Announcements listening = new Announcements(store());
        try {
            assertThat(listening.next(PATIENCE)).isEqualTo(WakeUp.EveryQueue.INSTANCE);
            finish(store().workers().markIdle(worker, Set.of(QUEUE)));

            assertThat(signal(KEY)).isEqualTo(woke(1));

            assertThat(listening.next(PATIENCE)).isEqualTo(new WakeUp.Due(QUEUE));
        } finally {
            listening.dispose();
        }
    }

    @Test
    void aSignalThatCameBeforeIsAnnouncedToTheWorkerItself() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        assertThat(signal(KEY)).isEqualTo(KEPT);
        Announcements listening = new Announcements(store());
        try {
            assertThat(listening.next(PATIENCE)).isEqualTo(WakeUp.EveryQueue.INSTANCE);
            finish(store().workers().markIdle(worker, Set.of(QUEUE)));

            settle(worker, awaiting(claimed, KEY, HOUR));

            assertThat(listening.next(PATIENCE)).isEqualTo(new WakeUp.Due(QUEUE));
        } finally {
            listening.dispose();
        }
    }

    @Test
    void aSignalIsForgottenAfterItsRetention() {
        assertThat(signal(KEY)).isEqualTo(KEPT);
        assertThat(prune(DAY)).isZero();
        passTime(DAY.plusMinutes(1));
        assertThat(signal("young")).isEqualTo(KEPT);

        assertThat(prune(DAY)).isEqualTo(1);
        assertThat(prune(DAY)).isZero();

        assertThat(signal(KEY)).as("a new one is the first").isEqualTo(KEPT);
        assertThat(signal("young")).isEqualTo(KNOWN);
    }

    @Test
    void aSignalStaysAsLongAsAJobThatHasItsAnswer() {
        long worker = worker();
        JobId woken = waiting(worker, "a");
        assertThat(signal("a", "1")).isEqualTo(woke(1));
        assertThat(signal("b", "2")).isEqualTo(KEPT);
        JobId reader = enqueue(job().delay(DAY));
        assertThat(state(reader, "b")).isEqualTo(State.SIGNALLED);
        assertThat(signal("c")).isEqualTo(KEPT);
        passTime(DAY.plusMinutes(1));

        assertThat(prune(DAY)).isEqualTo(1);

        assertThat(read(woken, "a").value()).isEqualTo("1");
        assertThat(read(reader, "b").value()).isEqualTo("2");
        assertThat(signal("c")).isEqualTo(KEPT);
    }

    @Test
    void theAuditFindsAJobThatMissedItsSignal() {
        JobId id = waiting(worker(), KEY);

        damage(AuditReport.What.SIGNAL_MISSED, id);

        assertThat(audit().findings()).containsExactly(new AuditReport.Finding(AuditReport.What.SIGNAL_MISSED, 1, id));
    }
}
