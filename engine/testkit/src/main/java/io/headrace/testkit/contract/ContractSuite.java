package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobUpdate;
import io.headrace.RetryReport;
import io.headrace.UniqueKeyBusyException;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.Settlement;
import io.headrace.spi.Suspicion;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What the suites have in common: short words for the operations of a store. */
abstract class ContractSuite extends FreshStore {

    static final Duration EXPIRY = Duration.ofHours(10);
    static final Duration DEADLINE = Duration.ofHours(5);
    static final int MAX_ATTEMPTS = 3;
    static final int NO_LIMIT = 100_000;
    static final SweepReport IDLE = new SweepReport(0, 0, 0, 0);

    private static final int CLAIMS_WITHOUT_END = 1_000;

    /** A worker that outlives the test. */
    long worker() {
        return worker(EXPIRY);
    }

    long worker(Duration expiry) {
        return await(register(expiry));
    }

    Mono<Long> register(Duration expiry) {
        return store().workers().register("miller", Set.of(Draft.QUEUE), expiry, false);
    }

    HeartbeatReply heartbeat(long worker, Set<Long> leases) {
        return heartbeat(worker, EXPIRY, leases);
    }

    HeartbeatReply heartbeat(long worker, Duration expiry, Set<Long> leases) {
        return await(store().workers().heartbeat(new HeartbeatRequest(worker, expiry, leases, Set.of())));
    }

    void unregister(long worker) {
        finish(store().workers().unregister(worker));
    }

    List<JobId> enqueue(List<EncodedJob> jobs) {
        return await(store().intake().enqueue(jobs, 0)).stream()
                .map(Enqueued::id)
                .toList();
    }

    JobId enqueue(Draft job) {
        return enqueueAnswered(job).id();
    }

    Enqueued enqueueAnswered(Draft job) {
        return await(store().intake().enqueue(List.of(job.encode()), 0)).get(0);
    }

    /** For jobs that a test needs and does not look at. */
    void given(Draft... jobs) {
        for (Draft job : jobs) {
            assertThat(enqueueAnswered(job).created()).isTrue();
        }
    }

    void given(List<EncodedJob> jobs) {
        assertThat(enqueue(jobs)).hasSameSizeAs(jobs);
    }

    ClaimRequest request(long worker, int limit) {
        Terms terms = new Terms(MAX_ATTEMPTS, DEADLINE);
        return new ClaimRequest(worker, Draft.QUEUE, Map.of(Draft.KIND, terms, Draft.OTHER_KIND, terms), limit);
    }

    ClaimRequest onQueue(long worker, String queue) {
        return new ClaimRequest(worker, queue, request(worker, NO_LIMIT).kinds(), NO_LIMIT);
    }

    ClaimRequest request(long worker, String kind) {
        return new ClaimRequest(worker, Draft.QUEUE, Map.of(kind, new Terms(MAX_ATTEMPTS, DEADLINE)), NO_LIMIT);
    }

    Claim claim(ClaimRequest request) {
        return await(store().leases().claim(request));
    }

    /** The same in one step with a claim from a queue that has nothing. */
    Claim claimBesideAnother(ClaimRequest request) {
        ClaimRequest another = new ClaimRequest(request.worker(), "elsewhere", request.kinds(), 10);
        return await(store().leases().claim(List.of(another, request))).get(1);
    }

    ClaimRequest request(long worker, int limit, Suspicion suspicion) {
        ClaimRequest plain = request(worker, limit);
        return new ClaimRequest(plain.worker(), plain.queue(), plain.kinds(), limit, suspicion);
    }

    /** Everything that is due and that the worker may have. */
    List<ClaimedJob> claimAll(long worker) {
        return claimAll(request(worker, NO_LIMIT));
    }

    List<ClaimedJob> claim(long worker, int limit) {
        return claimAll(request(worker, limit));
    }

    /** Claims until the limit is reached or nothing is left, as a worker does: one claim may bring less than there is. */
    List<ClaimedJob> claimAll(ClaimRequest request) {
        List<ClaimedJob> jobs = new ArrayList<>();
        for (Suspicion suspicion : Suspicion.values()) {
            claimAll(request, suspicion, jobs);
        }
        return jobs;
    }

    private void claimAll(ClaimRequest request, Suspicion suspicion, List<ClaimedJob> jobs) {
        int claims = 0;
        boolean exhausted = false;
        while (!exhausted && jobs.size() < request.limit()) {
            int room = suspicion == Suspicion.STRONG ? 1 : request.limit() - jobs.size();
            Claim claim = claim(new ClaimRequest(request.worker(), request.queue(), request.kinds(), room, suspicion));
            assertThat(claim.jobs()).hasSizeLessThanOrEqualTo(room);
            jobs.addAll(claim.jobs());
            exhausted = claim.exhausted() || suspicion == Suspicion.STRONG;
            assertThat(++claims).as("claims, and the queue is not exhausted").isLessThan(CLAIMS_WITHOUT_END);
        }
    }

    /** The claim that finds the queue exhausted. */
    Claim claimUntilExhausted(ClaimRequest request) {
        for (int claims = 0; claims < CLAIMS_WITHOUT_END; claims++) {
            Claim claim = claim(request);
            if (claim.exhausted()) {
                return claim;
            }
        }
        return fail("%d claims, and the queue is still not exhausted", CLAIMS_WITHOUT_END);
    }

    ClaimedJob claimOne(long worker) {
        List<ClaimedJob> jobs = claim(worker, 1);
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    /** Settles in time. */
    void settle(long worker, Settlement... settlements) {
        settle(worker, List.of(settlements));
    }

    void settle(long worker, List<Settlement> settlements) {
        assertThat(settleLate(worker, settlements)).as("settled too late").isEmpty();
    }

    List<Settlement> settleLate(long worker, Settlement... settlements) {
        return settleLate(worker, List.of(settlements));
    }

    /** Answers what came too late. */
    List<Settlement> settleLate(long worker, List<Settlement> settlements) {
        return await(store().leases().settle(worker, settlements));
    }

    /** As if the worker believed that these are all the jobs of their leases. It may be mistaken. */
    List<Settlement> settleLateAsWholeLeases(long worker, List<Settlement> settlements) {
        List<Settlement> whole = settlements.stream()
                .map(each -> believed(each, jobsOf(each.lease(), settlements)))
                .toList();
        return await(store().leases().settle(worker, whole)).stream()
                .map(late -> believed(late, 0))
                .toList();
    }

    private static int jobsOf(long lease, List<Settlement> settlements) {
        return (int) settlements.stream().filter(each -> each.lease() == lease).count();
    }

    private static Settlement believed(Settlement settlement, int unsettled) {
        return new Settlement(
                settlement.lease(), settlement.job(), settlement.keyed(), settlement.verdict(), unsettled);
    }

    /** By an engine that has just started, and is gone afterwards. */
    SweepReport sweep() {
        return await(sweepAtStart());
    }

    Mono<SweepReport> sweepAtStart() {
        return register(EXPIRY)
                .flatMap(starting -> store().workers()
                        .sweep(starting)
                        .flatMap(
                                report -> store().workers().unregister(starting).thenReturn(report)));
    }

    SweepReport sweep(long worker) {
        return await(store().workers().sweep(worker));
    }

    CancelAnswer cancel(JobId id) {
        return await(store().decisions().cancel(id));
    }

    RetryReport retry(FailedJobs which) {
        return await(store().decisions().retryFailed(which));
    }

    DiscardReport discard(FailedJobs which) {
        return await(store().decisions().discard(which));
    }

    void failJobs(JobId... ids) {
        long worker = worker();
        List<Long> meant = Stream.of(ids).map(JobId::value).toList();
        List<ClaimedJob> claimed = claimAll(worker);
        assertThat(claimed).extracting(ClaimedJob::id).containsAll(meant);
        settle(
                worker,
                claimed.stream()
                        .map(job -> meant.contains(job.id()) ? failed(job) : Outcomes.released(job))
                        .toList());
    }

    JobId[] failedJobs(int count) {
        JobId[] ids = enqueue(jobs(count)).toArray(JobId[]::new);
        failJobs(ids);
        return ids;
    }

    JobSnapshot find(JobId id) {
        return await(store().inspector().find(id));
    }

    List<JobUpdate> lookAt(Set<JobId> ids) {
        return await(store().inspector().look(ids).collectList());
    }

    static List<JobId> idsOf(List<ClaimedJob> jobs) {
        return jobs.stream().map(job -> new JobId(job.id())).toList();
    }

    static Set<Long> leasesOf(List<ClaimedJob> jobs) {
        return Set.copyOf(jobs.stream().map(ClaimedJob::lease).distinct().toList());
    }

    static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** On a machine that is busy, another caller's statement may hold a key for longer than a store waits. */
    Mono<List<Enqueued>> enqueueOnceFree(List<EncodedJob> jobs) {
        return store().intake()
                .enqueue(jobs, 0)
                .retryWhen(Retry.indefinitely().filter(UniqueKeyBusyException.class::isInstance));
    }

    Mono<Enqueued> enqueueOnceFree(Draft job) {
        return enqueueOnceFree(List.of(job.encode())).map(answers -> answers.get(0));
    }
}
