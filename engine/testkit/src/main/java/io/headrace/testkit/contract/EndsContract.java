package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.completedWith;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EndsRequest;
import io.headrace.spi.JobEnd;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of the ends of jobs by their ids. */
abstract class EndsContract extends ContractSuite {

    private List<JobEnd> register(JobId... ids) {
        return await(store().results()
                .await(new AwaitRequest(7, false, Set.of(ids), Set.of(), Duration.ofMinutes(1), true)));
    }

    private List<JobEnd> ends(Set<JobId> jobs, Set<JobId> completed) {
        return await(store().results().ends(new EndsRequest(jobs, completed, true)));
    }

    @Test
    void whoWaitsForALiveJobIsToldNothingYet() {
        JobId waiting = enqueue(job().delay(Duration.ofHours(1)));
        JobId leased = enqueue(job());
        assertThat(claimAll(worker())).hasSize(1);

        assertThat(register(waiting, leased)).isEmpty();
        assertThat(ends(Set.of(waiting, leased), Set.of())).isEmpty();
    }

    @Test
    void whatHasEndedIsToldAtOnce() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completedWith(claimed.get(0), "[1]"), failed(claimed.get(1)), cancelled(claimed.get(2)));

        List<JobEnd> ends = register(ids.toArray(JobId[]::new));

        assertThat(ends).extracting(JobEnd::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(endOf(ids.get(0), ends).result()).isEqualTo("[1]");
        assertThat(endOf(ids.get(0), ends).update().state()).isEqualTo(JobState.COMPLETED);
        assertThat(endOf(ids.get(0), ends).update().attempt()).isOne();
        assertThat(endOf(ids.get(1), ends).update().state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(endOf(ids.get(1), ends).update().failure())
                        .trace())
                .isNull();
        assertThat(endOf(ids.get(2), ends).update().state()).isEqualTo(JobState.CANCELLED);
    }

    private static JobEnd endOf(JobId id, List<JobEnd> ends) {
        return ends.stream().filter(end -> end.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void theEndOfAJobIsReadTogetherWithItsLastAttempt() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), Duration.ZERO));
        settle(worker, completedWith(claimOne(worker), "\"flour\""));

        List<JobEnd> ends = ends(Set.of(id), Set.of());

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).result()).isEqualTo("\"flour\"");
        assertThat(ends.get(0).update().attempt()).isEqualTo(2);
        assertThat(ends(Set.of(), Set.of(id))).isEqualTo(ends);
    }

    @Test
    void aJobThatIsKnownToHaveCompletedNeedsNoResult() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, completed(claimOne(worker)));

        List<JobEnd> ends = ends(Set.of(), Set.of(id));

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).result()).isNull();
        assertThat(ends.get(0).update().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobThatWasRetriedByHandHasNotEnded() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, failed(claimOne(worker)));
        assertThat(retry(FailedJobs.byId(List.of(id))).retried()).isOne();

        assertThat(register(id)).isEmpty();
        assertThat(ends(Set.of(id), Set.of())).isEmpty();
    }

    @Test
    void nobodyIsFoundWhoNeverWas() {
        JobId id = enqueue(job());
        JobId nobody = new JobId(id.value() + 1);

        assertThat(register(nobody)).isEmpty();
        assertThat(ends(Set.of(nobody), Set.of())).isEmpty();
    }

    @Test
    void aRegistrationThatWasLeftBehindIsFoundByTheAuditUntilItIsPruned() {
        JobId id = enqueue(job().delay(Duration.ofDays(1)));
        long worker = worker(Duration.ofDays(1));
        damage(What.WAITER_LEFT, id);
        passTime(Duration.ofHours(2));
        assertThat(heartbeat(worker, Duration.ofDays(1), Set.of()).known()).isTrue();

        assertThat(await(store().inspector().audit()).findings()).containsExactly(new Finding(What.WAITER_LEFT, 1, id));
        assertThat(await(store().decisions().prune(Duration.ofDays(7)))).isZero();

        assertThat(await(store().inspector().audit()).isOk()).isTrue();
    }

    @Test
    void aResultThatCameTooEarlyIsFoundByTheAudit() {
        JobId id = enqueue(jobs(2)).get(1);

        damage(What.RESULT_TOO_EARLY, id);

        assertThat(await(store().inspector().audit()).findings())
                .containsExactly(new Finding(What.RESULT_TOO_EARLY, 1, id));
    }
}
