package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** One claim of several queues. */
abstract class SeveralQueuesContract extends ContractSuite {

    private static final String WEIR = "weir";
    private static final String POND = "pond";

    private List<Claim> claim(ClaimRequest... requests) {
        return await(store().leases().claim(List.of(requests)));
    }

    private ClaimRequest of(long worker, String queue, int limit) {
        return new ClaimRequest(worker, queue, request(worker, limit).kinds(), limit);
    }

    @Test
    void bringsOfEachQueueWhatWasAskedForInItsOrder() {
        List<JobId> mill = enqueue(jobs(10));
        JobId urgent = enqueue(job().priority(0));
        List<JobId> weir = enqueue(jobs(5, draft -> draft.queue(WEIR)));
        long worker = worker();

        List<Claim> claims = claim(of(worker, Draft.QUEUE, 4), of(worker, POND, 7), of(worker, WEIR, 100));

        assertThat(claims).hasSize(3);
        assertThat(idsOf(claims.get(0).jobs())).containsExactly(urgent, mill.get(0), mill.get(1), mill.get(2));
        assertThat(claims.get(0).exhausted()).isFalse();
        assertThat(claims.get(1)).isEqualTo(Claim.nothing());
        assertThat(idsOf(claims.get(2).jobs())).containsExactlyElementsOf(weir);
        assertThat(claims.get(2).exhausted()).isTrue();
        assertThat(audit().leased()).isEqualTo(9);
        assertThat(audit().pending()).isEqualTo(7);
    }

    @Test
    void tellsOfEachQueueWhatIsDueNextAndWhetherItIsPaused() {
        given(job().queue(WEIR).delay(Duration.ofMinutes(3)), job().queue(POND));
        finish(store().decisions().pause(POND));
        long worker = worker();

        List<Claim> claims = claim(of(worker, WEIR, 9), of(worker, POND, 9), of(worker, Draft.QUEUE, 9));

        assertThat(claims.get(0).jobs()).isEmpty();
        assertThat(claims.get(0).nextDue()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
        assertThat(claims.get(1)).isEqualTo(Claim.ofPausedQueue());
        assertThat(claims.get(2)).isEqualTo(Claim.nothing());
    }

    @Test
    void takesOfEachQueueTheKindsTheSuspicionAndThePayloadsAskedFor() {
        JobId sifted = enqueue(job().kind(Draft.OTHER_KIND));
        given(job());
        JobId withheld = enqueue(job().queue(WEIR));
        List<JobId> lost = enqueue(jobs(3, draft -> draft.queue(POND)));
        long dead = worker(Duration.ofMinutes(1));
        assertThat(claimAll(onQueue(dead, POND))).hasSize(3);
        passTime(Duration.ofMinutes(2));
        assertThat(sweep().returned()).isEqualTo(3);
        long worker = worker();

        List<Claim> claims = claim(
                request(worker, Draft.OTHER_KIND),
                new ClaimRequest(worker, WEIR, request(worker, 9).kinds(), 9, Suspicion.NONE, true),
                new ClaimRequest(worker, POND, request(worker, 9).kinds(), 2, Suspicion.SOME));

        assertThat(idsOf(claims.get(0).jobs())).containsExactly(sifted);
        assertThat(claims.get(0).jobs().get(0).payload()).isNotNull();
        assertThat(idsOf(claims.get(1).jobs())).containsExactly(withheld);
        assertThat(claims.get(1).jobs().get(0).payload()).isNull();
        assertThat(idsOf(claims.get(2).jobs())).hasSize(2).isSubsetOf(lost);
        assertThat(claims.get(2).suspected()).containsExactly(Suspicion.SOME);
    }

    @Test
    void whatItBringsIsSettledAsAnyOther() {
        List<String> queues =
                IntStream.range(0, 40).mapToObj(nr -> "queue-" + nr).toList();
        queues.forEach(queue -> given(jobs(3, draft -> draft.queue(queue))));
        long worker = worker();

        List<ClaimedJob> claimed = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            claim(queues.stream().map(queue -> of(worker, queue, 2)).toArray(ClaimRequest[]::new))
                    .forEach(claim -> claimed.addAll(claim.jobs()));
        }

        assertThat(claimed).extracting(ClaimedJob::id).doesNotHaveDuplicates().hasSize(120);
        settle(worker, Outcomes.all(claimed, Outcomes::completed));
        assertThat(audit().completed()).isEqualTo(120);
    }

    @Test
    void workersAtOnceShareTheJobs() {
        Stream.of(Draft.QUEUE, WEIR, POND).forEach(queue -> given(jobs(20, draft -> draft.queue(queue))));
        long first = worker();
        long second = worker();

        List<Long> claimed = await(Flux.merge(
                        store().leases().claim(List.of(of(first, WEIR, 15), of(first, POND, 15))),
                        store().leases().claim(List.of(of(second, POND, 15), of(second, WEIR, 15))))
                .flatMapIterable(claims -> claims)
                .flatMapIterable(Claim::jobs)
                .map(ClaimedJob::id)
                .collectList());

        assertThat(claimed).doesNotHaveDuplicates().isNotEmpty();
        assertThat(audit().leased()).isEqualTo(claimed.size());
    }

    @Test
    void aWorkerThatHasExpiredGetsNothing() {
        given(jobs(3));
        long worker = worker(Duration.ofMinutes(1));
        passTime(Duration.ofMinutes(2));

        List<Claim> claims = claim(of(worker, Draft.QUEUE, 9), of(worker, WEIR, 9));

        assertThat(claims).allSatisfy(claim -> assertThat(claim.jobs()).isEmpty());
        assertThat(audit().pending()).isEqualTo(3);
    }
}
