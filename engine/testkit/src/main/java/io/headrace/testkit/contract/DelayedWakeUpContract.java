package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobStore;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Announcements of jobs that are due soon, to workers that wait: they poll too seldom to find them in time. */
abstract class DelayedWakeUpContract extends ContractSuite {

    private static final String FENCE = "fence";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SOONER = Duration.ofSeconds(7);

    private Announcements listening;

    @BeforeEach
    void listen() {
        listening = new Announcements(store());
        assertThat(listening.next(PATIENCE)).isEqualTo(WakeUp.EveryQueue.INSTANCE);
    }

    @AfterEach
    void stopListening() {
        listening.dispose();
    }

    @Test
    void aDelayedJobIsAnnouncedWithItsDelay() {
        waitOn(worker(), QUEUE);
        given(job().delay(SOON));

        assertAnnouncedIn(SOON);
    }

    @Test
    void ofSeveralTheFirstIsAnnounced() {
        waitOn(worker(), QUEUE);
        given(List.of(
                job().delay(SOON).encode(),
                job().delay(SOONER).priority(9).encode(),
                job().delay(SOON.multipliedBy(2)).encode()));

        assertAnnouncedIn(SOONER);
    }

    @Test
    void oneThatIsDueNowComesFirst() {
        waitOn(worker(), QUEUE);
        given(List.of(job().delay(SOON).encode(), job().encode()));

        assertThat(heardUntilFence()).containsExactly(new WakeUp.Due(QUEUE));
    }

    @Test
    void soIsAJobWithAUniqueKey() {
        waitOn(worker(), QUEUE);
        given(job().delay(SOON).uniqueKey("rye"));

        assertAnnouncedIn(SOON);
    }

    @Test
    void soIsADebouncedJob() {
        waitOn(worker(), QUEUE);
        given(job().debounce("rye", SOON, SOON.multipliedBy(10)));

        assertAnnouncedIn(SOON);
    }

    @Test
    void soIsARetry() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), QUEUE);

        settle(holder, retried(claimed, SOON));

        assertAnnouncedIn(SOON);
    }

    @Test
    void soIsAJobThatIsSnoozed() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), QUEUE);

        settle(holder, snoozed(claimed, SOON));

        assertAnnouncedIn(SOON);
    }

    @Test
    void whereNobodyWaitsNothingIsAnnounced() {
        waitOn(worker(), "weir");
        given(job().delay(SOON));

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void theWorkerInWhoseProcessItIsEnqueuedOrRetriedNeedsNoAnnouncement() {
        long worker = worker();
        waitOn(worker, QUEUE);
        given(job());
        assertThat(listening.next(PATIENCE)).isEqualTo(new WakeUp.Due(QUEUE));
        ClaimedJob claimed = claimOne(worker);

        settle(worker, retried(claimed, SOON));
        assertThat(await(store().intake().enqueue(List.of(job().delay(SOON).encode()), worker)))
                .hasSize(1);

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void whatIsDueLaterThanThatIsLeftToPolls() {
        waitOn(worker(), QUEUE);
        given(job().delay(JobStore.ANNOUNCED_AHEAD.plusSeconds(5)));

        assertThat(heardUntilFence()).isEmpty();
    }

    private void waitOn(long worker, String queue) {
        finish(store().workers().markIdle(worker, Set.of(queue)));
    }

    private void assertAnnouncedIn(Duration delay) {
        List<WakeUp> heard = heardUntilFence();
        assertThat(heard).hasSize(1).first().isInstanceOfSatisfying(WakeUp.Due.class, due -> {
            assertThat(due.queue()).isEqualTo(QUEUE);
            assertThat(due.in()).isBetween(delay.minusSeconds(5), delay);
        });
    }

    private List<WakeUp> heardUntilFence() {
        waitOn(worker(), FENCE);
        given(job().queue(FENCE));
        return listening.until(FENCE, PATIENCE);
    }
}
