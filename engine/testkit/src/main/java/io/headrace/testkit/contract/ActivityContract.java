package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.operate.Activity;
import io.headrace.operate.ActivityBucket;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What charts show: how attempts ended, over some time. */
abstract class ActivityContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BUCKETS = 90;

    private Activity activity() {
        Activity activity = await(store().monitor().activity(MINUTE, BUCKETS));
        assertThat(activity.isEstimated()).isFalse();
        return activity;
    }

    private static long sum(List<ActivityBucket> buckets, ToLongFunction<ActivityBucket> what) {
        return buckets.stream().mapToLong(what).sum();
    }

    private static void assertSum(List<ActivityBucket> buckets, long completed, long retried, long failed) {
        assertThat(sum(buckets, ActivityBucket::completed)).as("completed").isEqualTo(completed);
        assertThat(sum(buckets, ActivityBucket::retried)).as("retried").isEqualTo(retried);
        assertThat(sum(buckets, ActivityBucket::failed)).as("failed").isEqualTo(failed);
    }

    @Test
    void bucketsAreMultiplesOfTheirLengthUpToNow() {
        Activity activity = activity();

        assertThat(activity.width()).isEqualTo(MINUTE);
        assertThat(activity.buckets()).hasSize(BUCKETS);
        Instant first = activity.buckets().get(0).from();
        assertThat(first.getEpochSecond() % 60).isZero();
        assertThat(first.getNano()).isZero();
        for (int n = 0; n < BUCKETS; n++) {
            assertThat(activity.buckets().get(n).from()).isEqualTo(first.plus(MINUTE.multipliedBy(n)));
        }
        Instant now = await(store().monitor().live()).at();
        assertThat(activity.buckets().get(BUCKETS - 1).from()).isBetween(now.minus(MINUTE.multipliedBy(2)), now);
        assertSum(activity.buckets(), 0, 0, 0);
    }

    @Test
    void attemptsAreCountedByHowTheyEnded() {
        given(jobs(10));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), completed(claimed.get(1)), completed(claimed.get(2)));
        settle(worker, retried(claimed.get(3), MINUTE), retried(claimed.get(4), MINUTE), failed(claimed.get(5)));

        assertSum(activity().buckets(), 3, 2, 1);
    }

    @Test
    void eachCountsInItsTime() {
        given(jobs(10));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)));
        passTime(MINUTE.multipliedBy(60));
        settle(worker, completed(claimed.get(2)), completed(claimed.get(3)), retried(claimed.get(4), MINUTE));
        passTime(MINUTE.multipliedBy(20));
        settle(worker, completed(claimed.get(5)));

        List<ActivityBucket> buckets = activity().buckets();

        // A test may take minutes on a busy machine.
        assertSum(buckets.subList(0, 20), 1, 0, 1);
        assertSum(buckets.subList(50, 75), 2, 1, 0);
        assertSum(buckets.subList(80, 90), 1, 0, 0);
        assertSum(buckets, 4, 1, 1);
    }

    @Test
    void whatEndedBeforeIsNotCounted() {
        given(jobs(3));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)), retried(claimed.get(2), MINUTE));
        passTime(Duration.ofHours(2));

        assertSum(activity().buckets(), 0, 0, 0);
        assertSum(
                await(store().monitor().activity(MINUTE.multipliedBy(2), BUCKETS))
                        .buckets(),
                1,
                1,
                1);
    }

    @Test
    void aFailedJobCountsAsRetriedOnceItIs() {
        JobId[] ids = failedJobs(3);
        assertThat(retry(FailedJobs.byId(List.of(ids[0]))).retried()).isEqualTo(1);
        assertThat(discard(FailedJobs.byId(List.of(ids[1]))).discarded()).isEqualTo(1);

        assertSum(activity().buckets(), 0, 1, 1);
    }

    @Test
    void whatIsCancelledOrHandedBackIsNoFailure() {
        assertThat(cancel(enqueue(job()))).isEqualTo(CancelAnswer.CANCELLED);
        given(job());
        long worker = worker();
        settle(worker, Outcomes.released(claimOne(worker)));

        assertSum(activity().buckets(), 0, 0, 0);
    }
}
