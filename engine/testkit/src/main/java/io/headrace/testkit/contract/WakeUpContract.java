package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completedThen;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Announcements to workers that wait. That something is <em>not</em> announced is seen by what is announced next: the
 * order of announcements is that of the events.
 */
abstract class WakeUpContract extends ContractSuite {

    private static final String FENCE = "fence";
    private static final Duration SHORT = Duration.ofSeconds(30);

    private static final WakeUp HERE = new WakeUp.Due(QUEUE);
    private static final WakeUp WEIR = new WakeUp.Due("weir");

    private Announcements listening;

    @BeforeEach
    void listen() {
        listening = new Announcements(store());
        assertThat(nextHeard()).as("announced when the connection is there").isEqualTo(WakeUp.EveryQueue.INSTANCE);
    }

    @AfterEach
    void stopListening() {
        listening.dispose();
    }

    @Test
    void aJobIsAnnouncedWhereAWorkerWaits() {
        waitOn(worker(), QUEUE);
        given(job());

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void aBatchIsAnnouncedInEachOfItsQueuesWhereAWorkerWaits() {
        long worker = worker();
        waitOn(worker, QUEUE);
        finish(store().workers().markIdle(worker, Set.of(QUEUE, "weir")));
        given(List.of(
                job().encode(),
                job().queue("weir").encode(),
                job().queue("sluice").encode()));

        assertThat(heardUntilFence()).containsExactlyInAnyOrder(HERE, WEIR);
    }

    @Test
    void aQueueThatIsResumedIsAnnouncedWhetherSomebodyWaitsOrNot() {
        given(job());
        finish(store().decisions().pause(QUEUE));
        finish(store().decisions().resume(QUEUE));

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void nothingIsAnnouncedWhenNobodyWaits() {
        assertThat(worker()).isNotZero();
        given(job());

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void nothingIsAnnouncedWhereNobodyWaits() {
        waitOn(worker(), "weir");
        given(job());

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void jobsThatAreDueMuchLaterAreNotAnnounced() {
        waitOn(worker(), QUEUE);
        given(job().delay(Duration.ofMinutes(1)));

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void aJobThatPeopleMakeDueIsAnnounced() {
        waitOn(worker(), QUEUE);
        JobId id = enqueue(job().delay(Duration.ofMinutes(1)));
        assertThat(await(store().decisions().runNow(id))).isTrue();

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void theWorkerInWhoseProcessAJobIsEnqueuedNeedsNoAnnouncement() {
        long worker = worker();
        waitOn(worker, QUEUE);
        enqueueBy(worker);

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void anotherWorkerThatWaitsDoesNeedIt() {
        long worker = worker();
        waitOn(worker, QUEUE);
        waitOn(worker(), QUEUE);
        enqueueBy(worker);

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void aHeartbeatSaysWhereAWorkerWaitsFromThenOn() {
        long worker = worker();
        waitOn(worker, QUEUE);
        assertThat(await(store().workers().heartbeat(new HeartbeatRequest(worker, EXPIRY, Set.of(), Set.of("weir"))))
                        .known())
                .isTrue();
        given(job(), job().queue("weir"));

        assertThat(heardUntilFence()).containsOnly(WEIR);
    }

    @Test
    void aWorkerThatHasLeftWaitsNoMore() {
        long worker = worker();
        waitOn(worker, QUEUE);
        unregister(worker);
        given(job());

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void anUnknownWorkerCannotWait() {
        waitOn(worker() + 1_000_000, QUEUE);
        given(job());

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void aJobHandedBackIsAnnounced() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), QUEUE);

        settle(holder, released(claimed));

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void aRetryIsAnnouncedIfItIsDueAtOnce() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), QUEUE);

        settle(holder, retried(claimed, Duration.ZERO));

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void aRetryIsNotAnnouncedIfItIsDueMuchLater() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), QUEUE);

        settle(holder, retried(claimed, Duration.ofMinutes(1)));

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void aFollowUpIsAnnouncedWhereAnotherWorkerWaits() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), "weir");

        settle(holder, completedThen(claimed, job().queue("weir").encode()));

        assertThat(nextHeard()).isEqualTo(WEIR);
    }

    @Test
    void aFollowUpWithAKeyIsAnnouncedToo() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), "weir");

        settle(
                holder,
                completedThen(claimed, job().queue("weir").uniqueKey("sack 7").encode()));

        assertThat(nextHeard()).isEqualTo(WEIR);
    }

    @Test
    void theWorkerWhoseJobHasAFollowUpNeedsNoAnnouncement() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(holder, "weir");

        settle(holder, completedThen(claimed, job().queue("weir").encode()));

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void aFollowUpThatIsDueMuchLaterIsNotAnnounced() {
        long holder = worker();
        given(job());
        ClaimedJob claimed = claimOne(holder);
        waitOn(worker(), "weir");

        settle(
                holder,
                completedThen(
                        claimed,
                        job().queue("weir").delay(Duration.ofMinutes(1)).encode()));

        assertThat(heardUntilFence()).isEmpty();
    }

    @Test
    void jobsThatASweepPutsBackAreAnnounced() {
        given(job());
        assertThat(claimAll(worker(SHORT))).hasSize(1);
        waitOn(worker(), QUEUE);
        passTime(SHORT);

        assertThat(sweep().returned()).isEqualTo(1);

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void jobsOfAWorkerThatLeavesAreAnnounced() {
        long leaving = worker();
        given(job());
        assertThat(claimAll(leaving)).hasSize(1);
        waitOn(worker(), QUEUE);

        unregister(leaving);

        assertThat(nextHeard()).isEqualTo(HERE);
    }

    @Test
    void everyListenerHears() {
        Announcements other = new Announcements(store());
        try {
            assertThat(other.next(PATIENCE)).isEqualTo(WakeUp.EveryQueue.INSTANCE);
            waitOn(worker(), QUEUE);
            given(job());

            assertThat(other.next(PATIENCE)).isEqualTo(HERE);
            assertThat(nextHeard()).isEqualTo(HERE);
        } finally {
            other.dispose();
        }
    }

    private void waitOn(long worker, String queue) {
        finish(store().workers().markIdle(worker, Set.of(queue)));
    }

    private void enqueueBy(long worker) {
        List<EncodedJob> jobs = List.of(job().encode());
        assertThat(await(store().intake().enqueue(jobs, worker))).hasSize(1);
    }

    private WakeUp nextHeard() {
        return listening.next(PATIENCE);
    }

    private List<WakeUp> heardUntilFence() {
        waitOn(worker(), FENCE);
        given(job().queue(FENCE));
        return listening.until(FENCE, PATIENCE);
    }
}
