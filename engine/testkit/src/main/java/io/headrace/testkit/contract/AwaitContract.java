package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.completedWith;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Announcements of ends to those who wait for them. That something is <em>not</em> announced is seen by what is announced next,
 * as in {@link WakeUpContract}.
 */
abstract class AwaitContract extends ContractSuite {

    private static final long CLIENT = 7;
    private static final String FENCE = "fence";
    private static final Duration MINUTE = Duration.ofMinutes(1);

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

    /** Those who settle have heard of it when this returns. */
    private void register(long client, List<JobId> jobs, List<JobId> noMore) {
        AwaitRequest request = new AwaitRequest(client, false, Set.copyOf(jobs), Set.copyOf(noMore), MINUTE, true);
        assertThat(await(store().results().await(request))).isEmpty();
        assertThat(ended(WakeUp.Ended::completed)).isEmpty();
    }

    private List<JobId> ended(Function<WakeUp.Ended, Set<JobId>> how) {
        return heard().stream().flatMap(each -> how.apply(each).stream()).toList();
    }

    private List<WakeUp.Ended> heard() {
        finish(store().decisions().pause(FENCE));
        finish(store().decisions().resume(FENCE));
        return listening.until(FENCE, PATIENCE).stream()
                .filter(WakeUp.Ended.class::isInstance)
                .map(WakeUp.Ended.class::cast)
                .toList();
    }

    @Test
    void theEndsOfJobsAreAnnouncedToWhoeverWaits() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(4));
        List<ClaimedJob> claimed = claimAll(worker);
        register(CLIENT, ids, List.of());

        settle(
                worker,
                completed(claimed.get(0)),
                completedWith(claimed.get(1), "1"),
                failed(claimed.get(2)),
                cancelled(claimed.get(3)));

        List<WakeUp.Ended> heard = heard();
        assertThat(heard).flatExtracting(WakeUp.Ended::completed).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
        assertThat(heard).flatExtracting(WakeUp.Ended::others).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    }

    @Test
    void manyEndsAreAnnouncedByFewAnnouncements() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(1_000));
        List<ClaimedJob> claimed = claimAll(worker);
        register(CLIENT, ids, List.of());
        register(CLIENT + 1, ids, List.of());

        settle(worker, Outcomes.all(claimed, Outcomes::completed));

        List<WakeUp.Ended> heard = heard();
        assertThat(heard).hasSizeLessThanOrEqualTo(4);
        assertThat(heard).flatExtracting(WakeUp.Ended::completed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void whatDoesNotEndAJobIsNotAnnounced() {
        long worker = worker();
        JobId id = enqueue(job());
        register(CLIENT, List.of(id), List.of());

        settle(worker, retried(claimOne(worker), Duration.ZERO));
        assertThat(heard()).isEmpty();
        settle(worker, completed(claimOne(worker)));

        assertThat(ended(WakeUp.Ended::completed)).containsExactly(id);
    }

    @Test
    void whatNobodyWaitsForIsNotAnnounced() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);
        register(CLIENT, ids.subList(0, 2), List.of());
        register(CLIENT, List.of(), ids.subList(0, 1));

        settle(worker, Outcomes.all(claimed, Outcomes::completed));

        assertThat(ended(WakeUp.Ended::completed)).containsExactly(ids.get(1));
    }

    @Test
    void oneWhoLeavesDoesNotKeepOthersFromHearing() {
        long worker = worker();
        JobId id = enqueue(job());
        register(CLIENT, List.of(id), List.of());
        register(CLIENT + 1, List.of(id), List.of());
        register(CLIENT, List.of(), List.of(id));

        settle(worker, completed(claimOne(worker)));

        assertThat(ended(WakeUp.Ended::completed)).containsExactly(id);
    }

    @Test
    void aRegistrationExpiresUnlessItIsRenewed() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        register(CLIENT, ids, List.of());
        passTime(MINUTE.dividedBy(2));
        register(CLIENT, ids.subList(1, 2), List.of());
        passTime(MINUTE.dividedBy(2).plusSeconds(1));

        settle(worker, Outcomes.all(claimed, Outcomes::completed));

        assertThat(ended(WakeUp.Ended::completed)).containsExactly(ids.get(1));
    }

    @Test
    void anOutcomeThatIsLateEndsNothing() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        register(CLIENT, List.of(id), List.of());
        settle(worker, retried(claimed, MINUTE));

        assertThat(settleLate(worker, completed(claimed))).hasSize(1);

        assertThat(heard()).isEmpty();
    }
}
