package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.RetryReport;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is forgotten of the jobs that completed, and what stays: all others, and the counts. */
abstract class PruneCompletedContract extends ContractSuite {

    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration FAILED_RETENTION = Duration.ofDays(14);
    private static final Duration HOUR = Duration.ofHours(1);

    private long prune() {
        return await(store().decisions().pruneCompleted(RETENTION));
    }

    private long pruneTombstones() {
        return await(store().decisions().prune(FAILED_RETENTION));
    }

    private boolean isFound(JobId id) {
        return store().inspector().find(id).blockOptional(PATIENCE).isPresent();
    }

    private List<JobTotals> totals() {
        return await(store().inspector().totals().collectList());
    }

    private void complete(List<EncodedJob> jobs) {
        given(jobs);
        long worker = worker();
        settle(worker, all(claimAll(worker), Outcomes::completed));
    }

    private JobId completeOne(Draft job) {
        JobId id = enqueue(job);
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
        return id;
    }

    /** Completes 30 and, of the other kind, 4; lets 5 fail and discards 2 of them; cancels one. */
    private void endSomeOfEverySort(Draft unwanted) {
        complete(jobs(30));
        complete(jobs(4, draft -> draft.kind(OTHER_KIND)));
        JobId[] failed = failedJobs(5);
        assertThat(discard(FailedJobs.byId(List.of(failed[0], failed[1]))).discarded())
                .isEqualTo(2);
        assertThat(cancel(enqueue(unwanted))).isEqualTo(CancelAnswer.CANCELLED);
    }

    @Test
    void aCompletedJobIsFoundForItsRetention() {
        JobId id = completeOne(job());
        passTime(RETENTION.minus(HOUR));

        assertThat(prune()).isZero();

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(id).payload()).contains("\"n\"");
    }

    @Test
    void thenItIsForgotten() {
        JobId id = completeOne(job().uniqueKey("rye"));
        passTime(RETENTION.plus(HOUR));

        assertThat(prune()).isEqualTo(1);
        assertThat(prune()).isZero();

        assertThat(isFound(id)).isFalse();
        assertThat(cancel(id)).isEqualTo(CancelAnswer.UNKNOWN);
        AuditReport audit = audit();
        assertThat(audit.jobs()).isZero();
        assertThat(audit.completed()).isZero();
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created()).isTrue();
    }

    @Test
    void theRetentionBeginsWhenTheJobCompletes() {
        JobId id = enqueue(job().delay(RETENTION.plus(HOUR)));
        passTime(RETENTION.plus(HOUR.multipliedBy(2)));
        assertThat(prune()).isZero();
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
        passTime(RETENTION.minus(HOUR));

        assertThat(prune()).isZero();
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        passTime(RETENTION);

        assertThat(prune()).isEqualTo(1);
        assertThat(isFound(id)).isFalse();
    }

    @Test
    void whatHasYetToEndStaysHoweverOldItIs() {
        Duration old = RETENTION.multipliedBy(3);
        complete(jobs(100));
        JobId waiting = enqueue(job().queue("elsewhere").uniqueKey("rye"));
        JobId later = enqueue(job().delay(old.plus(HOUR)).payload("{\"n\":7}"));
        JobId tried = enqueue(job());
        long worker = worker(old.multipliedBy(2));
        settle(worker, retried(claimOne(worker), Duration.ZERO, "the stone is cracked"));
        ClaimedJob leased = claimOne(worker);
        passTime(old);

        assertThat(prune()).isEqualTo(100);
        assertThat(prune()).isZero();

        assertThat(audit().jobs()).isEqualTo(3);
        assertThat(find(waiting).state()).isEqualTo(JobState.PENDING);
        assertThat(enqueueAnswered(job().queue("elsewhere").uniqueKey("rye")).id())
                .as("its key is its own")
                .isEqualTo(waiting);
        assertThat(find(tried).state()).isEqualTo(JobState.LEASED);
        assertThat(find(tried).failures()).extracting(AttemptFailure::message).containsExactly("the stone is cracked");
        settle(worker, completed(leased));
        passTime(HOUR.multipliedBy(2));
        assertThat(claimOne(worker).payload()).contains("7");
        assertThat(cancel(later)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        assertThat(cancel(waiting)).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(find(waiting).uniqueKey()).isEqualTo("rye");
    }

    @Test
    void aTombstoneIsRetriedAfterTheOthersOfItsTimeAreForgotten() {
        complete(jobs(100));
        JobId id = enqueue(job().maxAttempts(2).payload("{\"n\":7}"));
        long worker = worker(FAILED_RETENTION);
        settle(worker, retried(claimOne(worker), Duration.ZERO, "first"));
        settle(worker, failed(claimOne(worker), "second"));
        passTime(RETENTION.plus(HOUR));
        assertThat(prune()).isEqualTo(100);

        assertThat(await(store().decisions().retryFailed(FailedJobs.byId(List.of(id)))))
                .isEqualTo(new RetryReport(1, 1, 0, 0));

        ClaimedJob again = claimOne(worker);
        assertThat(again.id()).isEqualTo(id.value());
        assertThat(again.payload()).contains("7");
        assertThat(again.maxAttempts()).isEqualTo(2);
        assertThat(find(id).failures()).extracting(AttemptFailure::message).containsExactly("first", "second");
        assertThat(prune()).isZero();
        settle(worker, completed(again));
        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void thousandsAreForgotten() {
        complete(jobs(3_000));
        complete(jobs(50, draft -> draft.kind(OTHER_KIND)));
        passTime(RETENTION.plus(HOUR));
        given(jobs(10));

        assertThat(prune()).isEqualTo(3_050);

        assertThat(audit().jobs()).isEqualTo(10);
    }

    @Test
    void nothingHasEndedAtFirst() {
        given(job());

        assertThat(totals()).isEmpty();
    }

    @Test
    void whatCompletedIsCountedApartFromWhatFailedByQueueAndKind() {
        endSomeOfEverySort(job().queue("another"));

        assertThat(totals())
                .containsExactly(
                        new JobTotals("another", KIND, 0, 0, 1, 0, 0),
                        new JobTotals(QUEUE, KIND, 30, 3, 0, 2, 0),
                        new JobTotals(QUEUE, OTHER_KIND, 4, 0, 0, 0, 0));
    }

    @Test
    void theCountsOutliveWhatTheyCount() {
        endSomeOfEverySort(job());
        passTime(FAILED_RETENTION.plus(HOUR));
        complete(jobs(7));

        assertThat(prune()).isEqualTo(34);
        assertThat(pruneTombstones()).isEqualTo(6);

        assertThat(totals())
                .containsExactly(
                        new JobTotals(QUEUE, KIND, 37, 0, 1, 2, 3), new JobTotals(QUEUE, OTHER_KIND, 4, 0, 0, 0, 0));
        passTime(RETENTION.plus(HOUR));
        assertThat(prune()).isEqualTo(7);
        assertThat(totals().get(0)).isEqualTo(new JobTotals(QUEUE, KIND, 37, 0, 1, 2, 3));
    }

    @Test
    void prunesAtTheSameTimeForgetEachJobOnce() {
        complete(jobs(500));
        passTime(RETENTION.plus(HOUR));

        List<Long> forgotten = atOnce(4, caller -> store().decisions().pruneCompleted(RETENTION));

        assertThat(forgotten.stream().mapToLong(Long::longValue).sum() + prune())
                .isEqualTo(500);
        assertThat(totals()).containsExactly(new JobTotals(QUEUE, KIND, 500, 0, 0, 0, 0));
    }

    @Test
    void nothingIsForgottenBeforeSubscription() {
        JobId id = completeOne(job());
        passTime(RETENTION.plus(HOUR));
        Mono<Long> prune = store().decisions().pruneCompleted(RETENTION);

        assertThat(isFound(id)).isTrue();
        assertThat(await(prune)).isEqualTo(1);
        assertThat(isFound(id)).isFalse();
    }
}
