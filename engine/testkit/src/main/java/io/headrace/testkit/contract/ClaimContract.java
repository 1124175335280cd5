package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who gets which jobs, and under which lease. */
abstract class ClaimContract extends ContractSuite {

    @Test
    void anEmptyQueueIsExhausted() {
        Claim claim = claimUntilExhausted(request(worker(), 10));

        assertThat(claim.jobs()).isEmpty();
        assertThat(claim.nextDue()).isNull();
    }

    @Test
    void aClaimedJobIsLeasedAndInItsFirstAttempt() {
        JobId id = enqueue(job());

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void aClaimedJobIsNotClaimedAgain() {
        given(job());
        long worker = worker();

        assertThat(claimAll(worker)).hasSize(1);
        assertThat(claimAll(worker)).isEmpty();
        assertThat(claimAll(worker())).isEmpty();
    }

    @Test
    void nothingIsClaimedBeforeSubscription() {
        JobId id = enqueue(job());
        Mono<Claim> unused = store().leases().claim(request(worker(), 10));

        assertThat(unused).isNotNull();
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void aClaimThatLeavesJobsBehindIsNotExhausted() {
        given(jobs(3));

        Claim claim = claim(request(worker(), 2));

        assertThat(claim.jobs()).hasSize(2);
        assertThat(claim.exhausted()).isFalse();
    }

    @Test
    void whatTheLimitLeftBehindIsStillPending() {
        given(jobs(10));

        assertThat(claim(worker(), 4)).hasSize(4);

        assertThat(audit().leased()).isEqualTo(4);
        assertThat(audit().pending()).isEqualTo(6);
    }

    @Test
    void kindsThatAreNotNamedAreLeftAlone() {
        long worker = worker();
        List<JobId> known = enqueue(jobs(3));
        List<JobId> unknown = enqueue(jobs(3, draft -> draft.kind("quarry")));

        assertThat(idsOf(claimAll(worker))).containsExactlyElementsOf(known);
        passTime(Duration.ofHours(1));
        assertThat(claimAll(worker)).isEmpty();
        assertThat(sweep().isIdle()).isTrue();

        assertThat(unknown).allSatisfy(id -> {
            assertThat(find(id).state()).isEqualTo(JobState.PENDING);
            assertThat(find(id).attempt()).isZero();
        });
        assertThat(idsOf(claimAll(request(worker, "quarry")))).containsExactlyElementsOf(unknown);
    }

    @Test
    void kindsThatAreNotNamedDoNotKeepAQueueFromBeingExhausted() {
        given(jobs(5, draft -> draft.kind("quarry")));

        Claim claim = claimUntilExhausted(request(worker(), 10));

        assertThat(claim.jobs()).isEmpty();
        assertThat(claim.nextDue() == null || claim.nextDue().compareTo(Duration.ZERO) > 0)
                .as("a next due of %s would be asked for at once, for ever", claim.nextDue())
                .isTrue();
    }

    @Test
    void kindsThatAreNotNamedDoNotStandInTheWay() {
        given(jobs(500, draft -> draft.kind("quarry").priority(0)));
        JobId known = enqueue(job().priority(9));

        assertThat(idsOf(claim(worker(), 1))).containsExactly(known);
    }

    @Test
    void queuesAreApart() {
        long worker = worker();
        JobId here = enqueue(job());
        JobId elsewhere = enqueue(job().queue("weir"));

        assertThat(idsOf(claimAll(worker))).containsExactly(here);
        ClaimRequest weir = new ClaimRequest(worker, "weir", Map.of(KIND, new Terms(MAX_ATTEMPTS, DEADLINE)), NO_LIMIT);
        assertThat(idsOf(claimAll(weir))).containsExactly(elsewhere);
    }

    @Test
    void jobsOfOneKindPriorityAndAttemptShareALease() {
        given(jobs(10));
        given(jobs(10));

        assertThat(leasesOf(claimAll(worker()))).hasSize(1);
    }

    @Test
    void jobsThatDifferInKindPriorityOrAttemptHaveLeasesApart() {
        long worker = worker();
        given(job());
        settle(worker, retried(claimOne(worker), Duration.ofMinutes(1)));
        passTime(Duration.ofMinutes(1));
        given(job(), job(), job().kind(OTHER_KIND), job().priority(5));

        List<ClaimedJob> claimed = claimAll(worker);

        assertThat(claimed).hasSize(5);
        assertThat(leasesOf(claimed)).hasSize(4);
        assertThat(claimed.stream()
                        .map(job -> job.lease() + job.kind() + job.priority() + job.attempt())
                        .distinct())
                .as("leases, each with what its jobs have in common")
                .hasSize(4);
    }

    @Test
    void everyClaimHasLeasesOfItsOwn() {
        given(jobs(2));
        long worker = worker();

        assertThat(claimOne(worker).lease()).isNotEqualTo(claimOne(worker).lease());
    }

    @Test
    void anUnknownWorkerGetsNothing() {
        JobId id = enqueue(job());

        assertThat(claimAll(worker() + 1_000_000)).isEmpty();
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void anExpiredWorkerGetsNothing() {
        long worker = worker(Duration.ofSeconds(30));
        JobId id = enqueue(job());
        passTime(Duration.ofSeconds(30));

        assertThat(claimAll(worker)).isEmpty();
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void claimersAtTheSameTimeShareTheJobsAndNeverOne() {
        List<JobId> ids = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            ids.addAll(enqueue(jobs(batch % 10 + 1)));
        }
        List<Long> workers = List.of(worker(), worker(), worker(), worker(), worker(), worker());

        List<List<ClaimedJob>> shares =
                atOnce(workers.size(), caller -> Mono.fromSupplier(() -> claimInSmallSteps(workers.get(caller))));

        List<ClaimedJob> claimed = shares.stream().flatMap(List::stream).toList();
        assertThat(idsOf(claimed)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(audit().leased()).isEqualTo(ids.size());
    }

    private List<ClaimedJob> claimInSmallSteps(long worker) {
        List<ClaimedJob> claimed = new ArrayList<>();
        List<ClaimedJob> step = claim(worker, 7);
        while (!step.isEmpty()) {
            claimed.addAll(step);
            step = claim(worker, 7);
        }
        return claimed;
    }

    @Test
    void claimersAndProducersAtTheSameTimeLoseNothing() {
        List<Long> workers = List.of(worker(), worker(), worker(), worker());
        List<EncodedJob> batch = jobs(25);

        List<Integer> claimed = atOnce(
                40,
                caller -> caller % 2 == 0
                        ? store().intake().enqueue(batch, 0).map(ids -> 0)
                        : Mono.fromSupplier(() -> claim(workers.get(caller / 2 % workers.size()), 10)
                                .size()));

        int before = claimed.stream().mapToInt(Integer::intValue).sum();
        int after = claimAll(worker()).size();
        assertThat(before + after).isEqualTo(500);
    }
}
