package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.NewStep;
import io.headrace.spi.StoredStep;
import io.headrace.spi.SweepReport;
import io.headrace.spi.TransactionAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A step is recorded in a transaction: with its commit, or not at all. */
abstract class StepInContract extends StepSuite {

    private static TransactionAnswer recordIn(HarnessTransaction open, long worker, NewStep step) {
        return await(open.transaction().record(worker, step));
    }

    private static void done(HarnessTransaction open, long worker, NewStep step) {
        assertThat(numberOf(open, worker, step)).isNotEmpty();
    }

    /** Of the transaction in which the step is recorded. */
    private static String numberOf(HarnessTransaction open, long worker, NewStep step) {
        TransactionAnswer answer = recordIn(open, worker, step);
        assertThat(answer.answer()).isEqualTo(TransactionAnswer.Answer.DONE);
        return answer.transaction();
    }

    private static void isRefused(TransactionAnswer.Answer with, HarnessTransaction open, long worker, NewStep step) {
        assertThat(recordIn(open, worker, step).answer()).isEqualTo(with);
    }

    private boolean isOpen(String transaction) {
        return await(store().steps().areOpen(List.of(transaction))).get(0);
    }

    private CompletionLook.Answer look(long worker, ClaimedJob job) {
        return await(store().leases().completions(worker, List.of(new CompletionLook(job.lease(), job.id(), null))))
                .get(0);
    }

    @Test
    void theCommitRecordsTheStep() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();

        String transaction = numberOf(open, worker, step(claimed, "charge", "{\"cents\": 7}"));

        assertThat(stepsOf(claimed).steps()).isEmpty();
        assertThat(isOpen(transaction)).isTrue();
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.KEPT);
        open.commit();
        StoredStep recorded = stepsOf(claimed).steps().get(0);
        assertThat(recorded.name()).isEqualTo("charge");
        assertThat(recorded.value()).isEqualTo("{\"cents\": 7}");
        assertThat(recorded.attempt()).isOne();
        assertThat(recorded.took()).isEqualTo(Duration.ofMillis(7));
        assertThat(isOpen(transaction)).isFalse();
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.HELD);
        settle(worker, completed(claimed));
    }

    @Test
    void theRollbackRecordsNothing() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        String transaction = numberOf(open, worker, step(claimed, "charge", "1"));

        open.rollback();

        assertThat(stepsOf(claimed).steps()).isEmpty();
        assertThat(isOpen(transaction)).isFalse();
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.HELD);
    }

    @Test
    void anotherTransactionRecordsWhatWasRolledBack() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction first = begin();
        done(first, worker, step(claimed, "charge", "1"));
        first.rollback();
        HarnessTransaction second = begin();

        done(second, worker, step(claimed, "charge", null));
        second.commit();

        assertThat(stepsOf(claimed).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.value()).isNull());
    }

    @Test
    void whatIsOnRecordIsNotRecordedAgain() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        record(worker, step(claimed, "charge", "1"));
        HarnessTransaction open = begin();
        done(open, worker, step(claimed, "mail", "1"));

        isRefused(TransactionAnswer.Answer.ON_RECORD, open, worker, step(claimed, "charge", "2"));
        isRefused(TransactionAnswer.Answer.ON_RECORD, open, worker, step(claimed, "mail", "2"));
        open.commit();

        assertThat(stepsOf(claimed).steps()).extracting(StoredStep::value).containsExactly("1", "1");
    }

    @Test
    void aJobThatSharesItsLeaseIsNotFound() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimAll(worker).get(0);
        HarnessTransaction open = begin();

        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker, step(first, "charge", "1"));
        open.commit();

        long own = await(store().leases().split(worker, List.of(new LeasedPart(first.lease(), first.id()))))
                .get(0);
        HarnessTransaction next = begin();
        done(next, worker, step(first, "charge", "1").under(own));
        next.commit();
        assertThat(stepsOf(first).steps()).hasSize(1);
    }

    @Test
    void anotherWorkerAndAnotherLeaseAreNotFound() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        NewStep step = step(claimed, "charge", "1");
        HarnessTransaction open = begin();

        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker(), step);
        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker, step.under(claimed.lease() + 1_000));
        open.commit();

        assertThat(stepsOf(claimed).steps()).isEmpty();
    }

    @Test
    void aJobThatHasEndedIsNotFound() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob settled = claimOne(worker);
        ClaimedJob cancelled = claimOne(worker);
        settle(worker, released(settled));
        assertThat(cancel(new JobId(cancelled.id()))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        HarnessTransaction open = begin();

        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker, step(settled, "charge", "1"));
        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker, step(cancelled, "charge", "1"));
        open.commit();
    }

    /** A process that was stopped for longer than its expiry wakes up and commits. */
    @Test
    void aSweepPassesTheJobByUntilTheTransactionHasEnded() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(2));
        ClaimedJob claimed = claimOne(worker);
        assertThat(claimOne(worker).attempt()).isOne();
        passTime(EXPIRY.plusMinutes(1));
        HarnessTransaction open = begin();
        done(open, worker, step(claimed, "charge", "1"));

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 1, 0));
        assertThat(find(ids.get(0)).state()).isEqualTo(JobState.LEASED);
        open.commit();
        assertThat(sweep().leases()).isOne();

        assertThat(find(ids.get(0)).state()).isEqualTo(JobState.PENDING);
        assertThat(stepsOf(ids.get(0)).steps()).hasSize(1);
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.LOST);
    }

    @Test
    void aSweepTakesItAfterTheRollback() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        passTime(EXPIRY.plusMinutes(1));
        HarnessTransaction open = begin();
        done(open, worker, step(claimed, "charge", "1"));
        assertThat(sweep().leases()).isZero();

        open.rollback();
        assertThat(sweep().leases()).isOne();

        assertThat(stepsOf(id).steps()).isEmpty();
    }

    @Test
    void neitherAHeartbeatNorOtherStepsWaitForTheTransaction() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        HarnessTransaction other = begin();
        done(open, worker, step(claimed, "charge", "1"));

        assertThat(heartbeat(worker, Set.of(claimed.lease())).lost()).isEmpty();
        record(worker, step(claimed, "mail", "2"));
        move(worker, cursor(claimed, 1, "3"));
        done(other, worker, step(claimed, "ship", "4"));
        other.commit();

        assertThat(namesOf(stepsOf(claimed))).containsExactlyInAnyOrder("mail", "ship");
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.KEPT);
        open.commit();
        assertThat(namesOf(stepsOf(claimed))).containsExactlyInAnyOrder("mail", "ship", "charge");
    }

    @Test
    void theJobIsCompletedInTheSameTransaction() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        done(open, worker, step(claimed, "charge", "1"));

        assertThat(await(open.transaction().complete(worker, completed(claimed)))
                        .answer())
                .isEqualTo(TransactionAnswer.Answer.DONE);
        isRefused(TransactionAnswer.Answer.NOT_FOUND, open, worker, step(claimed, "late", "1"));
        assertThat(look(worker, claimed)).isEqualTo(CompletionLook.Answer.OPEN);
        open.commit();

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(namesOf(stepsOf(id))).containsExactly("charge");
    }

    @Test
    void transactionsAreAnsweredInTheirOrder() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimOne(worker);
        ClaimedJob second = claimOne(worker);
        HarnessTransaction ended = begin();
        HarnessTransaction open = begin();
        String one = numberOf(ended, worker, step(first, "charge", "1"));
        String two = numberOf(open, worker, step(second, "charge", "1"));
        ended.commit();

        assertThat(await(store().steps().areOpen(List.of(two, one, two)))).containsExactly(true, false, true);
        open.rollback();
        assertThat(await(store().steps().areOpen(List.of()))).isEmpty();
    }
}
