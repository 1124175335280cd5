package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.ERROR_TYPE;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.failure;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.operate.FailureCause;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobInspector;
import io.headrace.spi.NewWorker;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What failed jobs have in common. */
abstract class FailureCausesContract extends ContractSuite {

    private static final Verdict.Failure TORN = failure("torn", "mill.Sieve.sift(Sieve.java:1)");
    private static final Verdict.Failure DRY = failure("dry", "mill.Wheel.turn(Wheel.java:2)");

    private List<FailureCause> causes() {
        return await(store().inspector().failureCauses().collectList());
    }

    @Test
    void whereNothingHasFailedThereIsNoCause() {
        given(job());

        assertThat(causes()).isEmpty();
    }

    @Test
    void failedJobsAreCountedByTheFingerprintOfTheirLastFailure() {
        JobId first = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), DRY));
        settle(worker, failed(claimOne(worker), TORN));
        passTime(Duration.ofMinutes(1));
        JobId second = enqueue(job().kind(OTHER_KIND));
        settle(worker, failed(claimOne(worker), failure("torn again", "mill.Sieve.sift(Sieve.java:1)")));

        FailureCause cause = causes().get(0);

        assertThat(causes()).hasSize(1);
        assertThat(cause.fingerprint()).isEqualTo(TORN.fingerprint());
        assertThat(cause.errorType()).isEqualTo(ERROR_TYPE);
        assertThat(cause.frame()).isEqualTo("mill.Sieve.sift(Sieve.java:1)");
        assertThat(cause.message()).isEqualTo("torn again");
        assertThat(cause.count()).isEqualTo(2);
        assertThat(cause.isAtLeast()).isFalse();
        assertThat(cause.kinds()).containsExactlyInAnyOrder(KIND, OTHER_KIND);
        assertThat(cause.queues()).containsExactly(QUEUE);
        assertThat(cause.latest()).isEqualTo(second);
        assertThat(Duration.between(cause.firstSeen(), cause.lastSeen())).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(cause.latest()).isNotEqualTo(first);
    }

    @Test
    void theCauseThatWasSeenLastComesFirst() {
        given(jobs(2));
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 2);
        settle(worker, failed(claimed.get(0), TORN));
        passTime(Duration.ofMinutes(1));
        settle(worker, failed(claimed.get(1), DRY));

        assertThat(causes())
                .extracting(FailureCause::fingerprint)
                .containsExactly(DRY.fingerprint(), TORN.fingerprint());
    }

    @Test
    void onlyWhatIsFailedNowCounts() {
        JobId[] ids = enqueue(jobs(4)).toArray(JobId[]::new);
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 4);
        settle(worker, failed(claimed.get(0), TORN), failed(claimed.get(1), TORN), failed(claimed.get(2), TORN));
        settle(worker, cancelled(claimed.get(3)));
        assertThat(causes()).extracting(FailureCause::count).containsExactly(3L);

        assertThat(retry(FailedJobs.byId(List.of(ids[0]))).retried()).isOne();
        assertThat(discard(FailedJobs.byId(List.of(ids[1]))).discarded()).isOne();

        assertThat(causes()).extracting(FailureCause::count).containsExactly(1L);
        assertThat(causes()).extracting(FailureCause::latest).containsExactly(ids[2]);
    }

    @Test
    void theVersionIsThatOfTheEngineThatMadeTheAttempt() {
        JobId id = enqueue(job());
        for (String version : List.of("1.4.0", "1.5.0")) {
            long worker = await(store().workers()
                    .register(new NewWorker("miller", version, Set.of(QUEUE), null, Map.of(), EXPIRY, false)));
            ClaimedJob claimed = claimOne(worker);
            settle(worker, version.equals("1.4.0") ? retried(claimed, TORN) : failed(claimed, TORN));
            unregister(worker);
        }

        assertThat(causes()).extracting(FailureCause::version).containsExactly("1.5.0");
        assertThat(find(id).failures())
                .extracting(AttemptFailure::engineVersion)
                .containsExactly("1.4.0", "1.5.0");
        assertThat(lookAt(Set.of(id)).get(0).failure())
                .isEqualTo(find(id).failures().get(1));
    }

    @Test
    void aFailureWithoutATraceHasACauseAsWell() {
        given(job());
        long worker = worker();
        settle(worker, failed(claimOne(worker), Verdict.Failure.ofType("no.Trace", null)));

        assertThat(causes()).singleElement().satisfies(cause -> {
            assertThat(cause.errorType()).isEqualTo("no.Trace");
            assertThat(cause.frame()).isNull();
            assertThat(cause.message()).isNull();
        });
    }

    @Test
    void ofManyCausesThoseThatWereSeenLastAreShown() {
        given(jobs(100));
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 100);
        List<Settlement> old = new ArrayList<>();
        List<Settlement> recent = new ArrayList<>();
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String frame = "mill.Mill.m" + i + "(Mill.java)";
            Settlement settlement = failed(claimed.get(i), failure("of its own", frame));
            if (i < 70) {
                old.add(settlement);
            } else {
                recent.add(settlement);
                frames.add(frame);
            }
        }
        settle(worker, old);
        passTime(Duration.ofMinutes(1));
        settle(worker, recent);

        assertThat(causes())
                .hasSize(JobInspector.MOST_CAUSES)
                .extracting(FailureCause::frame)
                .containsAll(frames);
    }
}
