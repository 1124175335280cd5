package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When a unique key is kept, and when it is free for the next job. */
abstract class KeyReleaseContract extends ContractSuite {

    private static final Draft KEYED = job().uniqueKey("sack 7");

    @Test
    void aLeasedJobKeepsItsKey() {
        JobId id = enqueue(KEYED);
        ClaimedJob leased = claimOne(worker());

        assertThat(leased.id()).isEqualTo(id.value());
        assertThat(enqueue(KEYED)).isEqualTo(id);
    }

    @Test
    void aJobThatIsRetriedKeepsItsKey() {
        assertKeptAfter(job -> retried(job, Duration.ofMinutes(1)));
    }

    @Test
    void aJobThatIsSnoozedKeepsItsKey() {
        assertKeptAfter(job -> snoozed(job, Duration.ofMinutes(1)));
    }

    @Test
    void aJobThatIsHandedBackKeepsItsKey() {
        assertKeptAfter(Outcomes::released);
    }

    @Test
    void aFailedJobKeepsItsKey() {
        assertKeptAfter(Outcomes::failed);
    }

    @Test
    void aCompletedJobReleasesItsKey() {
        assertReleasedAfter(Outcomes::completed);
    }

    @Test
    void aCancelledJobReleasesItsKey() {
        assertReleasedAfter(Outcomes::cancelled);
    }

    private void assertKeptAfter(Function<ClaimedJob, Settlement> outcome) {
        JobId id = enqueue(KEYED);
        long worker = worker();
        settle(worker, outcome.apply(claimOne(worker)));

        assertThat(enqueueAnswered(KEYED)).isEqualTo(new Enqueued(id, false));
    }

    private void assertReleasedAfter(Function<ClaimedJob, Settlement> outcome) {
        JobId id = enqueue(KEYED);
        long worker = worker();
        settle(worker, outcome.apply(claimOne(worker)));

        Enqueued next = enqueueAnswered(KEYED);
        assertThat(next.created()).isTrue();
        assertThat(next.id()).isNotEqualTo(id);
        assertThat(idsOf(claimAll(worker))).containsExactly(next.id());
    }

    @Test
    void keysAreReleasedOnlyForTheJobsOfACallThatHaveEnded() {
        long worker = worker();
        for (String key : List.of("completed", "cancelled", "failed", "retried", "released")) {
            given(job().uniqueKey(key));
        }
        List<ClaimedJob> claimed = claimAll(worker);
        settle(
                worker,
                completed(claimed.get(0)),
                cancelled(claimed.get(1)),
                failed(claimed.get(2)),
                retried(claimed.get(3), Duration.ofMinutes(1)),
                released(claimed.get(4)));

        assertThat(List.of("completed", "cancelled", "failed", "retried", "released"))
                .map(key -> enqueueAnswered(job().uniqueKey(key)).created())
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void anOutcomeThatComesTooLateDoesNotReleaseTheKeyOfTheNextJob() {
        long worker = worker();
        given(KEYED);
        ClaimedJob first = claimOne(worker);
        settle(worker, completed(first));
        JobId second = enqueue(KEYED);

        assertThat(settleLate(worker, completed(first))).hasSize(1);

        assertThat(enqueueAnswered(KEYED)).isEqualTo(new Enqueued(second, false));
    }

    @Test
    void aJobWhoseLeaseExpiresForTheLastTimeKeepsItsKey() {
        JobId id = enqueue(KEYED.maxAttempts(1));
        long buried = 0;
        for (int crash = 0; crash < 3; crash++) {
            assertThat(idsOf(claimAll(worker(Duration.ofSeconds(30))))).containsExactly(id);
            passTime(Duration.ofMinutes(1));
            buried += sweep().buried();
        }

        assertThat(buried).isEqualTo(1);
        assertThat(enqueueAnswered(KEYED)).isEqualTo(new Enqueued(id, false));
    }

    @Test
    void aKeyThatIsReleasedWhileOthersAskForItIsNeverHeldTwice() {
        long worker = worker();
        for (int round = 0; round < 10; round++) {
            JobId first = enqueue(KEYED);
            ClaimedJob claimed = claimAll(request(worker, KIND)).get(0);
            List<List<Enqueued>> answers = atOnce(
                    8,
                    caller -> caller == 3
                            ? store().leases()
                                    .settle(worker, List.of(completed(claimed)))
                                    .map(late -> List.of())
                            : enqueueOnceFree(List.of(KEYED.encode())));

            List<Enqueued> enqueued = answers.stream().flatMap(List::stream).toList();
            assertThat(enqueued).filteredOn(Enqueued::created).hasSizeLessThanOrEqualTo(1);
            assertThat(enqueued)
                    .filteredOn(answer -> !answer.created())
                    .allSatisfy(answer -> assertThat(answer.id()).isIn(holders(first, enqueued)));
            settle(worker, claimAll(worker).stream().map(Outcomes::completed).toList());
        }
    }

    private static Set<JobId> holders(JobId first, List<Enqueued> answers) {
        Set<JobId> holders = new HashSet<>(Set.of(first));
        answers.stream().filter(Enqueued::created).map(Enqueued::id).forEach(holders::add);
        return holders;
    }
}
