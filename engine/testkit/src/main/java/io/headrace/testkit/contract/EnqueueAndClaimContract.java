package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.Suspicion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How jobs are leased as they come in, where a worker has room for them. */
abstract class EnqueueAndClaimContract extends ContractSuite {

    private EnqueuedClaim enqueueAndClaim(long worker, List<EncodedJob> jobs) {
        return await(store().intake().enqueueAndClaim(jobs, request(worker, jobs.size())));
    }

    private static List<JobId> idsOf(EnqueuedClaim answer) {
        return answer.enqueued().stream().map(Enqueued::id).toList();
    }

    @Test
    void whereNothingIsDueJobsAreLeasedAtOnce() {
        EnqueuedClaim answer = enqueueAndClaim(worker(), jobs(3));

        assertThat(answer.enqueued()).allMatch(Enqueued::created);
        assertThat(idsOf(answer.claimed())).containsExactlyElementsOf(idsOf(answer));
        assertThat(idsOf(answer)).allSatisfy(id -> assertThat(find(id).state()).isEqualTo(JobState.LEASED));
        assertThat(claimAll(worker())).isEmpty();
    }

    @Test
    void theyComeAsAClaimWouldBringThem() {
        EncodedJob content = job().kind(OTHER_KIND)
                .priority(2)
                .payload("{\"text\": \"ä 麦\"}")
                .headers("{\"trace\":\"00-ab\"}")
                .maxAttempts(7)
                .encode();

        ClaimedJob claimed =
                enqueueAndClaim(worker(), List.of(content)).claimed().get(0);

        assertThat(claimed.kind()).isEqualTo(OTHER_KIND);
        assertThat(claimed.priority()).isEqualTo(2);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.payload()).isEqualToIgnoringWhitespace("{\"text\":\"ä 麦\"}");
        assertThat(claimed.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-ab\"}");
        assertThat(claimed.maxAttempts()).isEqualTo(7);
        assertThat(claimed.uniqueKey()).isNull();
    }

    @Test
    void jobsOfSeveralKindsAndPrioritiesAreEachUnderALeaseOfTheirSort() {
        long worker = worker();
        List<EncodedJob> mixed = List.of(
                job().payload("0").encode(),
                job().kind(OTHER_KIND).payload("1").encode(),
                job().priority(9).payload("2").encode(),
                job().payload("3").encode());

        EnqueuedClaim answer = enqueueAndClaim(worker, mixed);

        assertThat(answer.claimed()).hasSize(4).allSatisfy(claimed -> {
            assertThat(find(new JobId(claimed.id())).payload()).isEqualTo(claimed.payload());
            assertThat(find(new JobId(claimed.id())).kind()).isEqualTo(claimed.kind());
        });
        assertThat(leasesOf(answer.claimed())).hasSize(3);
        settle(worker, all(answer.claimed(), Outcomes::completed));
        assertThat(idsOf(answer)).allSatisfy(id -> assertThat(find(id).state()).isEqualTo(JobState.COMPLETED));
    }

    @Test
    void whatIsDueAlreadyGoesFirst() {
        long worker = worker();
        JobId older = enqueue(job().priority(9).kind(OTHER_KIND));

        EnqueuedClaim answer = enqueueAndClaim(worker, jobs(2));

        assertThat(answer.claimed()).isEmpty();
        assertThat(idsOf(answer)).allSatisfy(id -> assertThat(find(id).state()).isEqualTo(JobState.PENDING));
        assertThat(idsOf(claimAll(worker))).hasSize(3).contains(older);
    }

    @Test
    void whatIsDueLaterOrElsewhereOrOfOtherKindsDoesNotWait() {
        given(job().delay(Duration.ofHours(1)), job().queue("weir"), job().kind("unhandled"));

        assertThat(enqueueAndClaim(worker(), jobs(2)).claimed()).hasSize(2);
    }

    @Test
    void aSuspectThatIsDueGoesFirst() {
        long lost = worker(Duration.ofMinutes(1));
        given(job());
        assertThat(claimAll(lost)).hasSize(1);
        passTime(Duration.ofMinutes(2));
        assertThat(sweep().returned()).isEqualTo(1);
        long worker = worker();

        assertThat(enqueueAndClaim(worker, jobs(1)).claimed()).isEmpty();
        assertThat(claim(request(worker, 10, Suspicion.SOME)).jobs()).hasSize(1);
    }

    @Test
    void aWorkerThatIsNotKnownGetsNothing() {
        EnqueuedClaim answer = enqueueAndClaim(999, jobs(2));

        assertThat(answer.claimed()).isEmpty();
        assertThat(claimAll(worker())).hasSize(2);
    }

    @Test
    void anExpiredWorkerGetsNothing() {
        long worker = worker(Duration.ofMinutes(1));
        passTime(Duration.ofMinutes(2));

        assertThat(enqueueAndClaim(worker, jobs(2)).claimed()).isEmpty();
        assertThat(claimAll(worker())).hasSize(2);
    }

    @Test
    void aLeaseThatIsLostGoesBackUncharged() {
        long worker = worker(Duration.ofMinutes(1));
        EnqueuedClaim answer = enqueueAndClaim(worker, jobs(1));
        passTime(Duration.ofMinutes(2));

        assertThat(sweep().returned()).isEqualTo(1);
        assertThat(settleLate(worker, all(answer.claimed(), Outcomes::completed)))
                .hasSize(1);
        assertThat(claimOneSuspect(worker()).attempt()).isEqualTo(1);
    }

    private ClaimedJob claimOneSuspect(long worker) {
        return claim(request(worker, 1, Suspicion.SOME)).jobs().get(0);
    }

    @Test
    void theDeadlineIsTheRequests() {
        // So that the store itself has not just begun.
        passTime(EXPIRY);
        EnqueuedClaim answer = enqueueAndClaim(worker(), jobs(1));
        passTime(DEADLINE.plus(Duration.ofMinutes(1)));

        assertThat(sweep().returned()).isEqualTo(1);
        assertThat(find(idsOf(answer).get(0)).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void oneRefusedPayloadRefusesAll() {
        List<EncodedJob> jobs = List.of(job().encode(), job().payload("{\"n\":").encode());
        long worker = worker();

        assertThatExceptionOfType(InvalidJobException.class).isThrownBy(() -> enqueueAndClaim(worker, jobs));

        assertThat(audit().jobs()).isZero();
    }

    @Test
    void nothingHappensBeforeSubscriptionAndOnceForEach() {
        long worker = worker();
        Mono<EnqueuedClaim> twoJobs = store().intake().enqueueAndClaim(jobs(2), request(worker, 2));
        assertThat(audit().jobs()).isZero();

        assertThat(leasesOf(await(twoJobs).claimed()))
                .doesNotContainAnyElementsOf(leasesOf(await(twoJobs).claimed()));
        assertThat(audit().leased()).isEqualTo(4);
    }

    @Test
    void callersAtTheSameTimeEachGetTheirOwn() {
        long worker = worker();

        List<EnqueuedClaim> answers =
                atOnce(16, caller -> store().intake().enqueueAndClaim(jobs(100), request(worker, 100)));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(idsOf(answer.claimed())).containsExactlyElementsOf(idsOf(answer)));
        assertThat(answers.stream().flatMap(answer -> idsOf(answer).stream()))
                .hasSize(1_600)
                .doesNotHaveDuplicates();
        assertThat(audit().leased()).isEqualTo(1_600);
    }

    private static List<EncodedJob> unfit() {
        return List.of(
                job().queue("weir").encode(),
                job().kind("unhandled").encode(),
                job().delay(Duration.ofMinutes(1)).encode(),
                job().runAt(JobId.EPOCH).encode(),
                job().uniqueKey("sack 7").encode());
    }

    @Test
    void otherJobsAreRefused() {
        long worker = worker();

        assertThat(unfit())
                .allSatisfy(unfit ->
                        assertThatIllegalArgumentException().isThrownBy(() -> enqueueAndClaim(worker, List.of(unfit))));

        assertThat(audit().jobs()).isZero();
    }

    @Test
    void moreThanTheLimitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> await(store().intake().enqueueAndClaim(jobs(3), request(worker(), 2))));

        assertThat(audit().jobs()).isZero();
    }

    @Test
    void theKindOfTheRequestIsEnough() {
        given(job().kind(OTHER_KIND));

        assertThat(await(store().intake().enqueueAndClaim(jobs(1), request(worker(), KIND)))
                        .claimed())
                .hasSize(1);
    }
}
