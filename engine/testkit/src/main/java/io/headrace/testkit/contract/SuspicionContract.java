package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Suspicion;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom the loss of a lease is charged to: a job is suspected first, and charged once there is no doubt. */
abstract class SuspicionContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);

    @Test
    void theJobsOfALostLeaseAreSuspectedAndNotCharged() {
        loseLeaseOf(enqueue(jobs(4)));

        Claim unsuspected = claimUntilExhausted(request(worker(), 10));
        Claim some = claim(request(worker(), 3, Suspicion.SOME));

        assertThat(unsuspected.jobs()).isEmpty();
        assertThat(unsuspected.suspected()).containsExactly(Suspicion.SOME);
        assertThat(some.jobs()).hasSize(3).allSatisfy(job -> {
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(find(new JobId(job.id())).failures()).isEmpty();
        });
        assertThat(leasesOf(some.jobs())).as("they may share a lease yet").hasSize(1);
    }

    @Test
    void jobsThatAreLostAgainAreStronglySuspectedAndNotCharged() {
        List<JobId> ids = enqueue(jobs(4));
        loseLeaseOf(ids);
        loseLeaseOf(ids);

        Claim unsuspected = claimUntilExhausted(request(worker(), 10));
        Claim strong = claim(request(worker(), 1, Suspicion.STRONG));

        assertThat(unsuspected.jobs()).isEmpty();
        assertThat(unsuspected.suspected()).containsExactly(Suspicion.STRONG);
        assertThat(claim(request(worker(), 10, Suspicion.SOME)).jobs()).isEmpty();
        assertThat(strong.jobs()).singleElement().satisfies(job -> {
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(find(new JobId(job.id())).failures()).isEmpty();
        });
    }

    @Test
    void aWorkerHasOneStronglySuspectedJobAtATime() {
        List<JobId> ids = enqueue(jobs(3));
        loseLeaseOf(ids);
        loseLeaseOf(ids);
        long worker = worker();
        ClaimRequest one = request(worker, 1, Suspicion.STRONG);
        List<ClaimedJob> first = claim(one).jobs();
        given(jobs(2));

        assertThat(first).hasSize(1);
        assertThat(claim(one).jobs()).isEmpty();
        assertThat(claim(request(worker(), 1, Suspicion.STRONG)).jobs()).hasSize(1);
        assertThat(claim(worker, 10)).as("those that nobody suspects").hasSize(2);
        settle(worker, completed(first.get(0)));
        assertThat(claim(one).jobs()).hasSize(1);
    }

    @Test
    void suspicionsOfOtherKindsAndOfJobsNotDueAreNotTold() {
        loseLeaseOf(List.of(enqueue(job().kind(Draft.OTHER_KIND))));
        long worker = worker(SHORT);
        ClaimedJob suspected = claim(request(worker, 1, Suspicion.SOME)).jobs().get(0);
        given(job());

        assertThat(claim(request(worker(), 10)).suspected()).isEmpty();
        settle(worker, released(suspected));
        assertThat(claim(request(worker(), Draft.KIND)).suspected()).isEmpty();
        assertThat(claim(request(worker(), 10)).suspected()).containsExactly(Suspicion.SOME);
    }

    @Test
    void jobsStaySuspectedUntilTheyComeToAnEnd() {
        loseLeaseOf(enqueue(jobs(4)));
        long worker = worker();
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, released(claimed.get(0)));
        settle(worker, retried(claimed.get(1), Duration.ZERO), snoozed(claimed.get(2), Duration.ZERO));
        unregister(worker);

        long next = worker();
        Claim unsuspected = claim(request(next, 10));
        assertThat(idsOf(unsuspected.jobs()))
                .containsExactly(
                        new JobId(claimed.get(1).id()), new JobId(claimed.get(2).id()));
        assertThat(idsOf(claim(request(next, 10, Suspicion.SOME)).jobs()))
                .containsExactly(
                        new JobId(claimed.get(0).id()), new JobId(claimed.get(3).id()));
    }

    @Test
    void aJobThatAPersonRetriesIsNotSuspected() {
        JobId id = enqueue(job().maxAttempts(1));
        loseLeaseOf(List.of(id));
        loseLeaseOf(List.of(id));
        assertThat(claimAll(worker(SHORT))).hasSize(1);
        passTime(SHORT);
        assertThat(sweep().buried()).isEqualTo(1);

        assertThat(await(store().decisions().retryFailed(FailedJobs.byId(List.of(id))))
                        .retried())
                .isEqualTo(1);

        assertThat(idsOf(claim(request(worker(), 10)).jobs())).containsExactly(id);
    }

    @Test
    void theLastOfALeaseOfManyIsNotChargedEither() {
        JobId last = enqueue(jobs(3)).get(2);
        long worker = worker(SHORT);
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(0)), completed(claimed.get(1)));
        passTime(SHORT);

        assertThat(sweep()).isEqualTo(new SweepReport(1, 1, 1, 0));

        assertThat(find(last).attempt()).isZero();
        assertThat(find(last).failures()).isEmpty();
    }

    @Test
    void aJobStronglySuspectedThatIsLostIsCharged() {
        JobId id = enqueue(job());
        loseLeaseOf(List.of(id));
        loseLeaseOf(List.of(id));
        loseLeaseOf(List.of(id));

        JobSnapshot found = find(id);

        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(found.attempt()).isEqualTo(1);
        assertThat(found.failures()).hasSize(1).first().satisfies(failure -> {
            assertThat(failure.attempt()).isEqualTo(1);
            assertThat(failure.errorType()).isEqualTo("io.headrace.LeaseExpired");
            assertThat(failure.fingerprint()).isEqualTo(Fingerprint.of(List.of("io.headrace.LeaseExpired")));
            assertThat(failure.message()).isNotBlank();
        });
        assertThat(claimOne(worker()).attempt()).isEqualTo(2);
    }

    @Test
    void aPoisonJobIsBuriedAndItsLeaseMatesAreNot() {
        List<JobId> ids = enqueue(jobs(3));
        JobId poison = ids.get(1);
        loseLeaseOf(ids);
        loseLeaseOf(ids);
        while (find(poison).state() != JobState.FAILED) {
            long worker = worker(SHORT);
            List<ClaimedJob> claimed = claimAll(worker);
            settle(
                    worker,
                    claimed.stream()
                            .filter(job -> job.id() != poison.value())
                            .map(Outcomes::completed)
                            .toList());
            passTime(SHORT);
            assertThat(sweep().workers()).isEqualTo(1);
        }

        assertThat(find(poison).failures()).map(AttemptFailure::attempt).containsExactly(1, 2, 3);
        assertThat(audit().completed()).isEqualTo(2);
        assertThat(claimAll(worker())).isEmpty();
    }

    @Test
    void aJobsOwnNumberOfAttemptsGoesBeforeThatOfTheClaim() {
        JobId fewer = enqueue(job().maxAttempts(1));
        JobId more = enqueue(job().kind(Draft.OTHER_KIND).maxAttempts(MAX_ATTEMPTS + 1));
        loseLeaseOf(List.of(fewer, more));
        loseLeaseOf(List.of(fewer, more));
        for (int crash = 0; crash < MAX_ATTEMPTS; crash++) {
            assertThat(claimAll(worker(SHORT))).isNotEmpty();
            assertThat(claimAll(worker(SHORT))).hasSizeLessThanOrEqualTo(1);
            passTime(SHORT);
            assertThat(sweep().isIdle()).isFalse();
        }

        assertThat(find(fewer).state()).isEqualTo(JobState.FAILED);
        assertThat(find(fewer).attempt()).isEqualTo(1);
        assertThat(find(more).state()).isEqualTo(JobState.PENDING);
        assertThat(find(more).attempt()).isEqualTo(MAX_ATTEMPTS);
    }

    @Test
    void aPoisonJobIsBuriedThoughNobodyAliveKnowsItsKind() {
        long bystander = worker();
        JobId id = enqueue(job().kind("quarry").maxAttempts(1));
        SweepReport last = IDLE;
        for (int crash = 0; crash < 3; crash++) {
            assertThat(claimAll(request(worker(SHORT), "quarry"))).hasSize(1);
            assertThat(heartbeat(bystander, Set.of()).known()).isTrue();
            passTime(SHORT);
            last = sweep();
        }

        assertThat(last).isEqualTo(new SweepReport(1, 1, 0, 1));

        assertThat(claimAll(bystander)).isEmpty();
        assertThat(find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(find(id).failures()).map(AttemptFailure::errorType).containsExactly("io.headrace.LeaseExpired");
    }

    @Test
    void failuresOfHandlersAndOfLeasesStandInOneList() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), SHORT, "first"));
        passTime(SHORT);
        loseLeaseOf(List.of(id));
        loseLeaseOf(List.of(id));
        loseLeaseOf(List.of(id));
        settle(worker, failed(claimOne(worker), "third"));

        assertThat(find(id).failures())
                .map(AttemptFailure::errorType)
                .containsExactly(Outcomes.ERROR_TYPE, "io.headrace.LeaseExpired", Outcomes.ERROR_TYPE);
        assertThat(find(id).failures()).map(AttemptFailure::attempt).containsExactly(1, 2, 3);
    }

    /** A worker claims all of these and falls silent; a sweep puts them back. */
    private void loseLeaseOf(List<JobId> ids) {
        assertThat(idsOf(claimAll(worker(SHORT)))).containsExactlyInAnyOrderElementsOf(ids);
        passTime(SHORT);
        SweepReport swept = sweep();
        assertThat(swept.workers()).isEqualTo(1);
        assertThat(swept.returned()).isEqualTo(ids.size());
    }
}
