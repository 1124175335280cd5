package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Settlement;
import io.headrace.spi.SweepReport;
import io.headrace.spi.TransactionAnswer;
import io.headrace.spi.Verdict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job is completed in a transaction: with its commit, or not at all. */
abstract class CompleteInContract extends ContractSuite {

    @Test
    void theCommitCompletesTheJob() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();

        TransactionAnswer done = complete(open, worker, claimed);

        assertThat(done.answer()).isEqualTo(TransactionAnswer.Answer.DONE);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
        assertThat(look(worker, claimed, done)).isEqualTo(CompletionLook.Answer.OPEN);
        open.commit();
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(look(worker, claimed, done)).isEqualTo(CompletionLook.Answer.COMPLETED);
        assertThat(settleLate(worker, failed(claimed))).hasSize(1);
        assertThat(audit().completed()).isOne();
    }

    @Test
    void theRollbackLeavesTheJobWhereItWas() {
        long worker = worker();
        JobId id = enqueue(job().uniqueKey("one"));
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        TransactionAnswer done = complete(open, worker, claimed);

        open.rollback();

        assertThat(look(worker, claimed, done)).isEqualTo(CompletionLook.Answer.HELD);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
        assertThat(enqueueAnswered(job().uniqueKey("one")).created()).isFalse();
        settle(worker, released(claimed));
        assertThat(claimOne(worker).attempt()).isOne();
    }

    @Test
    void theKeyIsReleasedWithTheCommit() {
        long worker = worker();
        given(job().uniqueKey("one"));
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        done(open, worker, completed(claimed));
        open.commit();

        assertThat(enqueueAnswered(job().uniqueKey("one")).created()).isTrue();
    }

    @Test
    void whatTheOutcomeEntailsComesWithTheCommit() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        Verdict verdict = new Verdict.CompletedWith(
                "{\"flour\": 7}", List.of(job().payload("\"next\"").encode()));
        HarnessTransaction open = begin();

        done(open, worker, settlement(claimed, verdict));

        assertThat(claimAll(worker)).isEmpty();
        open.commit();
        assertThat(find(id).result()).isEqualTo("{\"flour\": 7}");
        assertThat(claimOne(worker).payload()).isEqualTo("\"next\"");
    }

    @Test
    void whatTheOutcomeEntailsIsRolledBackWithIt() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        Verdict verdict = new Verdict.CompletedWith("7", List.of(job().encode()));
        HarnessTransaction open = begin();
        done(open, worker, settlement(claimed, verdict));

        open.rollback();

        assertThat(find(id).result()).isNull();
        assertThat(claimAll(worker)).isEmpty();
        assertThat(audit().jobs()).isOne();
    }

    @Test
    void aJobThatSharesItsLeaseIsNotFound() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimAll(worker).get(0);
        HarnessTransaction open = begin();

        assertThat(complete(open, worker, first).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        open.commit();

        long own = await(store().leases().split(worker, List.of(new LeasedPart(first.lease(), first.id()))))
                .get(0);
        HarnessTransaction next = begin();
        assertThat(complete(next, worker, Outcomes.under(own, first)).answer())
                .isEqualTo(TransactionAnswer.Answer.DONE);
        next.commit();
        assertThat(audit().completed()).isOne();
        assertThat(audit().leased()).isOne();
    }

    @Test
    void anotherWorkerAndAnotherLeaseAreNotFound() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();

        assertThat(complete(open, worker(), claimed).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        assertThat(complete(open, worker, Outcomes.under(claimed.lease() + 1_000, claimed))
                        .answer())
                .isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        open.commit();

        assertThat(look(worker, claimed, null)).isEqualTo(CompletionLook.Answer.HELD);
        settle(worker, completed(claimed));
    }

    @Test
    void aJobThatHasEndedIsNotFound() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob settled = claimOne(worker);
        ClaimedJob cancelled = claimOne(worker);
        settle(worker, completed(settled));
        assertThat(cancel(new JobId(cancelled.id()))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        HarnessTransaction open = begin();

        assertThat(complete(open, worker, settled).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        assertThat(complete(open, worker, cancelled).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        open.commit();

        assertThat(look(worker, settled, null)).isEqualTo(CompletionLook.Answer.LOST);
        assertThat(look(worker, cancelled, null)).isEqualTo(CompletionLook.Answer.LOST);
    }

    @Test
    void theSecondCompletionInATransactionFindsNothing() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        done(open, worker, completed(claimed));

        assertThat(complete(open, worker, claimed).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        open.commit();

        assertThat(audit().completed()).isOne();
    }

    @Test
    void anotherTransactionCompletesWhatWasRolledBack() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction first = begin();
        done(first, worker, completed(claimed));
        first.rollback();
        HarnessTransaction second = begin();

        assertThat(complete(second, worker, claimed).answer()).isEqualTo(TransactionAnswer.Answer.DONE);
        second.commit();

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    /** A process that was stopped for longer than its expiry wakes up and commits. */
    @Test
    void aSweepPassesByWhatATransactionIsAboutToComplete() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(2));
        ClaimedJob claimed = claimOne(worker);
        ClaimedJob other = claimOne(worker);
        passTime(EXPIRY.plusMinutes(1));
        HarnessTransaction open = begin();
        TransactionAnswer done = complete(open, worker, claimed);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 1, 0));
        assertThat(heartbeat(worker, Set.of(claimed.lease(), other.lease())).known())
                .isFalse();
        open.commit();

        assertThat(find(ids.get(0)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.PENDING);
        assertThat(look(worker, claimed, done)).isEqualTo(CompletionLook.Answer.COMPLETED);
    }

    @Test
    void aSweepTakesItAfterTheRollback() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        passTime(EXPIRY.plusMinutes(1));
        HarnessTransaction open = begin();
        TransactionAnswer done = complete(open, worker, claimed);
        assertThat(sweep().leases()).isZero();

        open.rollback();
        assertThat(sweep().leases()).isOne();

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(look(worker, claimed, done)).isEqualTo(CompletionLook.Answer.LOST);
    }

    @Test
    void whatWasSweptIsNotFound() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        passTime(EXPIRY.plusMinutes(1));
        assertThat(sweep().leases()).isOne();
        HarnessTransaction open = begin();

        assertThat(complete(open, worker, claimed).answer()).isEqualTo(TransactionAnswer.Answer.NOT_FOUND);
        open.rollback();

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void looksAtSeveralAreAnsweredInTheirOrder() {
        long worker = worker();
        given(jobs(3));
        ClaimedJob lost = claimOne(worker);
        ClaimedJob held = claimOne(worker);
        ClaimedJob open = claimOne(worker);
        settle(worker, released(lost));
        HarnessTransaction transaction = begin();
        TransactionAnswer done = complete(transaction, worker, open);

        assertThat(await(store().leases()
                        .completions(
                                worker, List.of(question(open, done), question(lost, done), question(held, null)))))
                .containsExactly(CompletionLook.Answer.OPEN, CompletionLook.Answer.LOST, CompletionLook.Answer.HELD);
        transaction.rollback();
        assertThat(await(store().leases().completions(worker, List.of()))).isEmpty();
    }

    @Test
    void aHeartbeatDoesNotWaitForTheTransaction() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        HarnessTransaction open = begin();
        done(open, worker, completed(claimed));

        assertThat(heartbeat(worker, Set.of(claimed.lease())).lost()).isEmpty();
        open.commit();

        assertThat(heartbeat(worker, Set.of(claimed.lease())).lost()).containsExactly(claimed.lease());
    }

    private static TransactionAnswer complete(HarnessTransaction in, long worker, ClaimedJob job) {
        return await(in.transaction().complete(worker, completed(job)));
    }

    private static void done(HarnessTransaction in, long worker, Settlement completion) {
        assertThat(await(in.transaction().complete(worker, completion)).answer())
                .isEqualTo(TransactionAnswer.Answer.DONE);
    }

    private static Settlement settlement(ClaimedJob job, Verdict verdict) {
        return new Settlement(job.lease(), job.id(), job.uniqueKey() != null, verdict);
    }

    private CompletionLook.Answer look(long worker, ClaimedJob job, @Nullable TransactionAnswer done) {
        return await(store().leases().completions(worker, List.of(question(job, done))))
                .get(0);
    }

    private static CompletionLook question(ClaimedJob job, @Nullable TransactionAnswer done) {
        return new CompletionLook(job.lease(), job.id(), done == null ? null : done.transaction());
    }
}
