package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.QueueDepth;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What gauges see of the queues, and how long jobs have waited. */
abstract class DepthContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private List<QueueDepth> depths() {
        return await(store().inspector().depths().collectList());
    }

    @Test
    void anEmptyStoreHasNoQueues() {
        assertThat(depths()).isEmpty();
    }

    @Test
    void aQueueHoldsWhatIsDueWhatComesLaterAndWhatIsLeased() {
        given(jobs(5));
        given(jobs(3, draft -> draft.delay(Duration.ofHours(1))));
        given(job().queue("weir").priority(9));
        assertThat(claim(worker(), 2)).hasSize(2);

        assertThat(depths())
                .extracting(QueueDepth::queue, QueueDepth::due, QueueDepth::scheduled, QueueDepth::leased)
                .containsExactly(Tuple.tuple(QUEUE, 3L, 3L, 2L), Tuple.tuple("weir", 1L, 0L, 0L));
        assertThat(depths()).noneMatch(QueueDepth::estimated);
    }

    @Test
    void theOldestIsTheOneDueLongestOfWhateverPriority() {
        given(job().priority(9), job().queue("weir").delay(MINUTE));
        passTime(Duration.ofMinutes(10));
        given(job().priority(0));

        List<QueueDepth> depths = depths();
        assertThat(depths.get(0).oldestDue()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(depths.get(1).oldestDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void whereNothingIsDueNothingIsOld() {
        given(job().delay(MINUTE));

        assertThat(depths())
                .singleElement()
                .satisfies(depth -> assertThat(depth.oldestDue()).isEqualTo(Duration.ZERO));
    }

    @Test
    void failedTombstonesAreCountedWhereTheyLie() {
        given(jobs(3));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, failed(claimed.get(0)), failed(claimed.get(1)), completed(claimed.get(2)));

        assertThat(depths()).singleElement().satisfies(depth -> {
            assertThat(depth.failed()).isEqualTo(2);
            assertThat(depth.leased() + depth.due() + depth.scheduled()).isZero();
        });
    }

    @Test
    void whatHasEndedWellIsOfNoQueue() {
        given(job());
        long worker = worker();
        settle(worker, completed(claimOne(worker)));

        assertThat(depths()).isEmpty();
    }

    @Test
    void aClaimedJobTellsHowLongItHadBeenDue() {
        JobId first = enqueue(job());
        JobId third = enqueue(job().delay(Duration.ofMinutes(3)));
        passTime(Duration.ofMinutes(10));
        List<JobId> batch = enqueue(jobs(5));

        List<ClaimedJob> claimed = claimAll(worker());

        assertThat(idsOf(claimed)).startsWith(first, third).endsWith(batch.get(4));
        assertThat(claimed.get(0).waitedMillis()).isBetween(600_000L, 630_000L);
        assertThat(claimed.get(1).waitedMillis()).isBetween(420_000L, 450_000L);
        assertThat(claimed.subList(2, 7)).allMatch(job -> job.waitedMillis() >= 0 && job.waitedMillis() < 30_000);
    }

    @Test
    void theRestOfASplitBatchHasWaitedAsLong() {
        given(jobs(6));
        passTime(Duration.ofMinutes(10));
        long worker = worker();

        assertThat(claim(worker, 2)).allMatch(job -> job.waitedMillis() >= 600_000);
        assertThat(claim(worker, 9)).hasSize(4).allMatch(job -> job.waitedMillis() >= 600_000);
    }

    @Test
    void aRetriedJobHasWaitedSinceItsNewTime() {
        given(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), Duration.ofMinutes(8)));
        passTime(Duration.ofMinutes(10));

        assertThat(claimOne(worker).waitedMillis()).isBetween(110_000L, 150_000L);
    }
}
