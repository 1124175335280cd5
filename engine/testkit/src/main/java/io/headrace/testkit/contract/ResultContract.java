package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.completedWith;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded together with the outcome of a job. */
abstract class ResultContract extends ContractSuite {

    private static final EncodedJob NEXT = job().kind(OTHER_KIND).encode();

    @Test
    void aResultIsKeptWithItsJob() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);

        settle(
                worker,
                completedWith(claimed.get(0), "{\"flour\":[1,2]}"),
                completed(claimed.get(1)),
                failed(claimed.get(2)));

        assertThat(find(ids.get(0)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(ids.get(0)).result()).isEqualToIgnoringWhitespace("{\"flour\":[1,2]}");
        assertThat(find(ids.get(1)).result()).isNull();
        assertThat(find(ids.get(2)).result()).isNull();
    }

    @Test
    void whatFollowsIsEnqueuedWithTheOutcome() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, completedWith(claimOne(worker), "1", NEXT, NEXT));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(claimAll(worker)).extracting(ClaimedJob::kind).containsExactly(OTHER_KIND, OTHER_KIND);
    }

    @Test
    void anOutcomeThatIsLateLeavesNothing() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        settle(worker, Outcomes.snoozed(claimed, Duration.ZERO));

        assertThat(settleLate(worker, completedWith(claimed, "1", NEXT))).hasSize(1);

        assertThat(find(id).result()).isNull();
        assertThat(claimAll(worker)).extracting(ClaimedJob::id).containsExactly(id.value());
    }

    @Test
    void anOutcomeThatIsNamedTwiceCountsOnce() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        assertThat(settleLate(worker, completedWith(claimed, "1", NEXT), completedWith(claimed, "2", NEXT)))
                .hasSize(1);

        assertThat(find(new JobId(claimed.id())).result()).isEqualTo("1");
        assertThat(claimAll(worker)).hasSize(1);
    }
}
