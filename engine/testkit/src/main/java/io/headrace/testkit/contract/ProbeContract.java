package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Outcomes.FINGERPRINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One of many failed jobs is retried, to see whether it succeeds. */
abstract class ProbeContract extends ContractSuite {

    private Optional<JobId> probe(FailedJobs which) {
        return store().decisions().probe(which).blockOptional(PATIENCE);
    }

    @Test
    void theNewestOfThoseMeantIsRetriedAndTheOthersAreLeft() {
        JobId[] ids = failedJobs(3);

        assertThat(probe(FailedJobs.ofKind(KIND))).hasValue(ids[2]);
        assertThat(probe(FailedJobs.inQueue(QUEUE))).hasValue(ids[1]);

        assertThat(Stream.of(ids).map(id -> find(id).state()))
                .containsExactly(JobState.FAILED, JobState.PENDING, JobState.PENDING);
        assertThat(claimAll(worker()))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.attempt()).isOne());
    }

    @Test
    void itIsSelectedAsForARetry() {
        JobId[] ids = failedJobs(3);

        assertThat(probe(FailedJobs.byId(List.of(ids[0], ids[1])))).hasValue(ids[1]);
        assertThat(probe(FailedJobs.withFingerprint(FINGERPRINT))).hasValue(ids[2]);
        assertThat(probe(FailedJobs.ofKind(OTHER_KIND))).isEmpty();
        assertThat(probe(FailedJobs.inQueue("another"))).isEmpty();
        assertThat(probe(FailedJobs.withFingerprint("0123456789abcdef"))).isEmpty();
        assertThat(probe(FailedJobs.byId(List.of(ids[1])))).as("it waits").isEmpty();
    }

    @Test
    void probesAtTheSameTimeRetryEachJobOnce() {
        JobId[] ids = failedJobs(4);

        List<JobId> retried = atOnce(
                        4,
                        caller -> store().decisions()
                                .probe(FailedJobs.ofKind(KIND))
                                .map(Optional::of)
                                .defaultIfEmpty(Optional.empty()))
                .stream()
                .map(id -> id.orElse(null))
                .filter(Objects::nonNull)
                .toList();

        assertThat(retried).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(ids);
        assertThat(claimAll(worker())).hasSameSizeAs(retried);
    }
}
