package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.LiveReading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people see who watch: the depths of the queues, and how fast attempts end. */
abstract class LiveContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private LiveReading live() {
        return await(store().monitor().live());
    }

    private LiveReading.Queue mill() {
        List<LiveReading.Queue> queues = live().queues();
        assertThat(queues).hasSize(1);
        assertThat(queues.get(0).depth().queue()).isEqualTo(QUEUE);
        return queues.get(0);
    }

    @Test
    void anEmptyStoreHasAMomentAndNoQueues() {
        LiveReading before = live();
        passTime(MINUTE);

        assertThat(before.queues()).isEmpty();
        assertThat(live().at()).isAfterOrEqualTo(before.at());
    }

    @Test
    void theDepthsAreThoseOfTheGauges() {
        given(jobs(5));
        given(jobs(3, draft -> draft.delay(Duration.ofHours(1))));
        given(job().queue("weir"));
        assertThat(claim(worker(), 2)).hasSize(2);
        passTime(MINUTE);

        List<LiveReading.Queue> queues = live().queues();

        assertThat(queues).extracting(queue -> queue.depth().queue()).containsExactly(QUEUE, "weir");
        assertThat(queues.get(0).depth().due()).isEqualTo(3);
        assertThat(queues.get(0).depth().scheduled()).isEqualTo(3);
        assertThat(queues.get(0).depth().leased()).isEqualTo(2);
        assertThat(queues.get(0).depth().estimated()).isFalse();
        assertThat(queues.get(1).depth().oldestDue()).isBetween(MINUTE, MINUTE.multipliedBy(2));
    }

    @Test
    void aQueueThatIsPausedIsListedAndSaysSo() {
        finish(store().decisions().pause(QUEUE));

        assertThat(mill().isPaused()).isTrue();
        finish(store().decisions().resume(QUEUE));
        assertThat(live().queues()).isEmpty();
    }

    @Test
    void aQueueIsListedWhileALiveWorkerHasIt() {
        assertThat(worker(MINUTE)).isPositive();

        assertThat(mill().isPaused()).isFalse();
        passTime(Duration.ofHours(1));
        assertThat(live().queues()).isEmpty();
    }

    @Test
    void whatEndedLatelyIsARate() {
        given(jobs(20));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), completed(claimed.get(1)), completed(claimed.get(2)));
        settle(worker, retried(claimed.get(3), MINUTE), retried(claimed.get(4), MINUTE));
        settle(worker, failed(claimed.get(5)));

        LiveReading.Queue mill = mill();

        // Of ten seconds, or of fewer where a store knows no more.
        assertThat(mill.completedPerSecond()).isBetween(0.3, 3.0);
        assertThat(mill.retriedPerSecond()).isCloseTo(mill.completedPerSecond() * 2 / 3, withinPercentage(1));
        assertThat(mill.failedPerSecond()).isCloseTo(mill.completedPerSecond() / 3, withinPercentage(1));
        assertThat(mill.depth().failed()).isEqualTo(1);
        passTime(MINUTE);
        assertThat(mill().completedPerSecond()).isZero();
        assertThat(mill().retriedPerSecond()).isZero();
        assertThat(mill().failedPerSecond()).isZero();
    }

    @Test
    void aQueueThatHasEmptiedIsListedWhileItHasARate() {
        given(job().queue("weir"));
        long worker = worker();
        settle(worker, completed(claimAll(onQueue(worker, "weir")).get(0)));
        unregister(worker);

        assertThat(live().queues()).singleElement().satisfies(queue -> {
            assertThat(queue.depth().queue()).isEqualTo("weir");
            assertThat(queue.depth().oldestDue()).isZero();
            assertThat(queue.completedPerSecond()).isPositive();
        });
        passTime(MINUTE);
        assertThat(live().queues()).isEmpty();
    }

    @Test
    void whatIsCancelledIsNoFailure() {
        JobId waiting = enqueue(job());
        assertThat(cancel(waiting)).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(live().queues()).isEmpty();
    }
}
