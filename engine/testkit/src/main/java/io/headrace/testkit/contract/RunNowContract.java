package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting jobs that people make due. */
abstract class RunNowContract extends ContractSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    private boolean runNow(JobId id) {
        return await(store().decisions().runNow(id));
    }

    @Test
    void aDelayedJobBecomesDue() {
        JobId id = enqueue(job().delay(HOUR));
        assertThat(claimAll(worker())).isEmpty();

        assertThat(runNow(id)).isTrue();

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(idsOf(claimAll(worker()))).containsExactly(id);
    }

    @Test
    void aJobThatWaitsForItsRetryKeepsItsAttempts() {
        JobId id = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), HOUR));

        assertThat(runNow(id)).isTrue();

        assertThat(claimOne(worker).attempt()).isEqualTo(2);
        assertThat(find(id).failures()).hasSize(1);
    }

    @Test
    void theOthersOfItsSetGoOnWaiting() {
        List<JobId> ids = enqueue(jobs(5, draft -> draft.delay(HOUR)));

        assertThat(runNow(ids.get(2))).isTrue();

        assertThat(idsOf(claimAll(worker()))).containsExactly(ids.get(2));
        assertThat(find(ids.get(1)).runAt()).isEqualTo(find(ids.get(3)).runAt());
    }

    @Test
    void aJobThatIsDueKeepsItsPlace() {
        JobId first = enqueue(job());
        passTime(HOUR);
        JobId second = enqueue(job());
        Instant due = find(first).runAt();

        assertThat(runNow(first)).isTrue();

        assertThat(find(first).runAt()).isEqualTo(due);
        assertThat(idsOf(claimAll(worker()))).containsExactly(first, second);
    }

    @Test
    void aJobThatDoesNotWaitIsLeftAlone() {
        JobId done = enqueue(job());
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
        JobId dead = failedJobs(1)[0];
        JobId leased = enqueue(job());
        ClaimedJob claimed = claimOne(worker);

        for (JobId id : List.of(done, dead, leased, new JobId(leased.value() + 1))) {
            assertThat(runNow(id)).isFalse();
        }
        settle(worker, completed(claimed));
    }
}
