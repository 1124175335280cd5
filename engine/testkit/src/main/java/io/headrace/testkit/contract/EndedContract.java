package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jobs that ended in the last seconds. */
abstract class EndedContract extends ContractSuite {

    private List<EndedJob> ended(EndedFilter filter) {
        return await(store().monitor().ended(filter).collectList());
    }

    private List<EndedJob> ended() {
        return ended(EndedFilter.any());
    }

    @Test
    void jobsThatEndAreSeenWithWhatBecameOfThem() {
        long worker = worker();
        given(jobs(3));
        JobId waits = enqueue(job().delay(Duration.ofHours(1)));
        List<ClaimedJob> claimed = claimAll(worker);
        assertThat(ended()).isEmpty();

        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)), retried(claimed.get(2), Duration.ofHours(1)));
        assertThat(cancel(waits)).isEqualTo(CancelAnswer.CANCELLED);

        List<EndedJob> ended = ended();
        assertThat(ended)
                .extracting(EndedJob::id, EndedJob::state)
                .containsExactlyInAnyOrder(
                        tuple(new JobId(claimed.get(0).id()), JobState.COMPLETED),
                        tuple(new JobId(claimed.get(1).id()), JobState.FAILED),
                        tuple(waits, JobState.CANCELLED));
        assertThat(ended)
                .filteredOn(job -> job.state() == JobState.FAILED)
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.queue()).isEqualTo(QUEUE);
                    assertThat(job.kind()).isEqualTo(KIND);
                    assertThat(job.attempt()).isEqualTo(1);
                    assertThat(job.errorType()).isNotBlank();
                });
        assertThat(ended)
                .filteredOn(job -> job.state() == JobState.COMPLETED)
                .allMatch(job -> job.errorType() == null && job.message() == null);
    }

    @Test
    void onlyWhatMatchesIsSeen() {
        long worker = worker();
        given(job(), job().kind(OTHER_KIND));
        List<ClaimedJob> claimed = claimAll(worker);
        ClaimedJob other = claimed.stream()
                .filter(job -> job.kind().equals(OTHER_KIND))
                .findFirst()
                .orElseThrow();
        ClaimedJob one = claimed.stream()
                .filter(job -> !job.kind().equals(OTHER_KIND))
                .findFirst()
                .orElseThrow();
        settle(worker, completed(one), failed(other));

        assertThat(ended(new EndedFilter(null, OTHER_KIND, false)))
                .extracting(EndedJob::id)
                .containsExactly(new JobId(other.id()));
        assertThat(ended(new EndedFilter(QUEUE, null, false))).hasSize(2);
        assertThat(ended(new EndedFilter("weir", null, false))).isEmpty();
        assertThat(ended(new EndedFilter(null, null, true)))
                .extracting(EndedJob::id)
                .containsExactly(new JobId(other.id()));
    }

    @Test
    void whatEndedLongAgoIsNotSeen() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)));
        assertThat(ended()).hasSize(2);

        passTime(Duration.ofMinutes(1));

        assertThat(ended()).isEmpty();
    }
}
