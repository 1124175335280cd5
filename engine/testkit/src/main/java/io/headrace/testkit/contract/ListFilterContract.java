package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of jobs of a queue, a kind, a key or a fingerprint. */
abstract class ListFilterContract extends ListSuite {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> QUEUES = List.of(QUEUE, "weir");
    private static final List<String> KINDS = List.of(KIND, OTHER_KIND);

    @Test
    void pendingJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.PENDING);
    }

    @Test
    void leasedJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.LEASED);
    }

    @Test
    void completedJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.COMPLETED);
    }

    @Test
    void failedJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.FAILED);
    }

    @Test
    void cancelledJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.CANCELLED);
    }

    @Test
    void discardedJobsAreListedByQueueAndKind() {
        areListedByQueueAndKind(JobState.DISCARDED);
    }

    private void areListedByQueueAndKind(JobState state) {
        List<JobId> all = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            all.add(enqueue(job().queue(QUEUES.get(n % 2)).kind(KINDS.get(n / 2 % 2))));
        }
        bringTo(state);

        for (int queue = 0; queue < 2; queue++) {
            JobFilter ofQueue = in(state).withQueue(QUEUES.get(queue));
            assertThat(list(ofQueue, 4)).hasSize(6).extracting(JobItem::queue).containsOnly(QUEUES.get(queue));
            for (int kind = 0; kind < 2; kind++) {
                JobFilter both = ofQueue.withKind(KINDS.get(kind));
                assertThat(ids(list(both, 2)))
                        .containsExactlyInAnyOrder(
                                all.get(queue + 2 * kind),
                                all.get(queue + 2 * kind + 4),
                                all.get(queue + 2 * kind + 8));
            }
        }
        assertThat(list(in(state).withKind(KIND), 4))
                .hasSize(6)
                .extracting(JobItem::kind)
                .containsOnly(KIND);
        assertThat(list(in(state).withQueue("dam"))).isEmpty();
        assertThat(list(in(state).withKind("dredge"))).isEmpty();
    }

    private void bringTo(JobState state) {
        if (state == JobState.PENDING) {
            return;
        }
        for (String queue : QUEUES) {
            long worker = worker();
            List<ClaimedJob> claimed = claimAll(onQueue(worker, queue));
            assertThat(claimed).hasSize(6);
            settle(worker, claimed, state);
            if (state == JobState.DISCARDED) {
                assertThat(discard(FailedJobs.inQueue(queue)).discarded()).isEqualTo(6);
            }
        }
    }

    /** The jobs with a key, by state, with and without its kind. */
    private Map<JobState, List<JobId>> withKey(String key) {
        Map<JobState, List<JobId>> byState = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            JobFilter filter = in(state).withUniqueKey(key);
            List<JobId> found = ids(filter);
            assertThat(ids(list(filter, 1))).isEqualTo(found);
            assertThat(ids(filter.withKind(KIND))).isEqualTo(found);
            assertThat(ids(filter.withKind(OTHER_KIND))).isEmpty();
            assertThat(ids(filter.withQueue(QUEUE))).isEqualTo(found);
            assertThat(ids(filter.withQueue("weir"))).isEmpty();
            if (!found.isEmpty()) {
                byState.put(state, found);
                assertThat(list(filter)).extracting(JobItem::uniqueKey).containsOnly(key);
            }
        }
        return byState;
    }

    @Test
    void aKeyIsFoundWhereverItsJobIs() {
        given(job().uniqueKey("sack 6"), job());
        JobId id = enqueue(job().priority(0).uniqueKey("sack 7"));
        long worker = worker();
        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.PENDING, List.of(id)));
        assertThat(list(in(JobState.PENDING).withUniqueKey("sack 7")).get(0))
                .isEqualTo(list(in(JobState.PENDING)).get(0));

        ClaimedJob claimed = claimOne(worker);
        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.LEASED, List.of(id)));
        assertThat(list(in(JobState.LEASED).withUniqueKey("sack 7"))).isEqualTo(list(in(JobState.LEASED)));
        settle(worker, retried(claimed, HOUR));
        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.PENDING, List.of(id)));
        passTime(HOUR.plusMinutes(1));
        settle(worker, failed(claimOne(worker)));
        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.FAILED, List.of(id)));
        assertThat(list(in(JobState.FAILED).withUniqueKey("sack 7"))).isEqualTo(list(in(JobState.FAILED)));

        assertThat(discard(FailedJobs.ofKind(KIND)).discarded()).isEqualTo(1);
        JobId next = enqueue(job().uniqueKey("sack 7"));
        assertThat(withKey("sack 7"))
                .isEqualTo(Map.of(JobState.DISCARDED, List.of(id), JobState.PENDING, List.of(next)));
        assertThat(withKey("sack 8")).isEmpty();
    }

    @Test
    void aDelayedJobIsFoundByItsKey() {
        JobId id = enqueue(job().delay(HOUR).uniqueKey("sack 7"));

        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.PENDING, List.of(id)));
    }

    @Test
    void aCompletedJobIsFoundWhileItKeepsItsKey() {
        JobId id = enqueue(job().uniqueKey("sack 7").uniqueFor(HOUR));
        long worker = worker();
        settle(worker, completed(claimOne(worker)));
        assertThat(withKey("sack 7")).isEqualTo(Map.of(JobState.COMPLETED, List.of(id)));
        assertThat(list(in(JobState.COMPLETED).withUniqueKey("sack 7")).get(0).attempt())
                .isEqualTo(1);

        passTime(HOUR.plusMinutes(1));

        assertThat(withKey("sack 7")).isEmpty();
    }

    @Test
    void aKeyMayBeThatOfSeveralKinds() {
        JobId one = enqueue(job().uniqueKey("sack 7"));
        JobId other = enqueue(job().kind(OTHER_KIND).uniqueKey("sack 7"));

        assertThat(ids(list(in(JobState.PENDING).withUniqueKey("sack 7"), 1))).containsExactlyInAnyOrder(one, other);
        assertThat(ids(in(JobState.PENDING).withUniqueKey("sack 7").withKind(OTHER_KIND)))
                .containsExactly(other);
    }

    @Test
    void failedJobsAreListedByFingerprint() {
        JobId[] ids = failedJobs(3);
        String fingerprint = find(ids[0]).failures().get(0).fingerprint();
        JobFilter same = JobFilter.any().withFingerprint(fingerprint);

        assertThat(ids(list(same.withState(JobState.FAILED), 2))).containsExactly(ids[2], ids[1], ids[0]);
        assertThat(ids(same.withState(JobState.FAILED).withKind(OTHER_KIND))).isEmpty();
        assertThat(ids(same.withState(JobState.DISCARDED))).isEmpty();
        assertThat(ids(in(JobState.FAILED).withFingerprint("0123456789abcdef"))).isEmpty();
        assertThat(discard(FailedJobs.byId(List.of(ids[1]))).discarded()).isEqualTo(1);
        assertThat(ids(same.withState(JobState.DISCARDED))).containsExactly(ids[1]);
    }

    @Test
    void aPositionThatTheStoreDidNotMakeIsRefused() {
        List<String> garbage =
                List.of("", "x", "1\n2\n3\n4\n5", "a\nb\nc\nd\ne\nf\ng\nh\ni", "\n\n\n\n\n\n\n\n", "\n", "x\n\n");
        for (JobState state : JobState.values()) {
            for (String position : garbage) {
                assertThatExceptionOfType(InvalidSettingException.class)
                        .as("%s of %s", position, state)
                        .isThrownBy(() -> slice(in(state), position, MOST));
            }
        }
    }
}
