package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.QueueSnapshot;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.Suspicion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A paused queue: nothing is claimed from it, and everything else goes on. */
abstract class PauseContract extends ContractSuite {

    private void pause(String queue) {
        finish(store().decisions().pause(queue));
    }

    private void resume(String queue) {
        finish(store().decisions().resume(queue));
    }

    private List<QueueSnapshot> queues() {
        return await(store().inspector().queues().collectList());
    }

    @Test
    void nothingIsClaimedFromAPausedQueue() {
        long worker = worker();
        given(jobs(5));
        pause(QUEUE);

        Claim claim = claim(request(worker, 10));

        assertThat(claim.jobs()).isEmpty();
        assertThat(claim.exhausted()).isTrue();
        assertThat(claim.paused()).isTrue();
        assertThat(audit().pending()).isEqualTo(5);
    }

    @Test
    void aWorkerThatComesLaterHeedsItAsWell() {
        given(jobs(5));
        pause(QUEUE);

        assertThat(claim(request(worker(), 10)).paused()).isTrue();
    }

    @Test
    void resumedItIsClaimedFromInTheOldOrder() {
        long worker = worker();
        JobId first = enqueue(job());
        assertThat(claim(request(worker, 10)).jobs()).hasSize(1);
        pause(QUEUE);
        JobId second = enqueue(job());
        JobId third = enqueue(job());
        assertThat(claim(request(worker, 10)).jobs()).isEmpty();

        resume(QUEUE);

        Claim claim = claim(request(worker, 10));
        assertThat(claim.paused()).isFalse();
        assertThat(idsOf(claim.jobs())).containsExactly(second, third).doesNotContain(first);
    }

    @Test
    void otherQueuesGoOn() {
        long worker = worker();
        given(jobs(3));
        pause("weir");

        assertThat(claimAll(worker)).hasSize(3);
    }

    @Test
    void whatRunsGoesOnAndWhatIsDecidedHolds() {
        long worker = worker();
        JobId waits = enqueue(job().delay(Duration.ofHours(1)));
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        pause(QUEUE);

        settle(worker, completed(claimed.get(0)), retried(claimed.get(1), Duration.ZERO));
        given(jobs(2));

        assertThat(cancel(waits)).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(audit().pending()).isEqualTo(3);
        assertThat(claim(request(worker, 10)).jobs()).isEmpty();
    }

    @Test
    void whatIsEnqueuedWhereThereIsRoomWaitsAsWell() {
        long worker = worker();
        pause(QUEUE);

        EnqueuedClaim answer = await(store().intake().enqueueAndClaim(jobs(2), request(worker, 2)));

        assertThat(answer.enqueued()).hasSize(2);
        assertThat(answer.claimed()).isEmpty();
        resume(QUEUE);
        assertThat(claimAll(worker)).hasSize(2);
    }

    @Test
    void suspectsStayAsWell() {
        long silent = worker(Duration.ofMinutes(1));
        given(jobs(2));
        assertThat(claimAll(silent)).hasSize(2);
        passTime(Duration.ofMinutes(2));
        assertThat(sweep().returned()).isEqualTo(2);
        long worker = worker();
        pause(QUEUE);

        assertThat(claim(request(worker, 10)).suspected()).isEmpty();
        assertThat(claim(request(worker, 10, Suspicion.SOME)).jobs()).isEmpty();

        resume(QUEUE);
        assertThat(claimAll(worker)).hasSize(2);
    }

    @Test
    void itIsListedWhetherItHoldsSomethingOrNot() {
        given(jobs(2));
        pause("weir");
        pause(QUEUE);

        assertThat(queues()).extracting(QueueSnapshot::queue).containsExactly(QUEUE, "weir");
        assertThat(queues()).allMatch(QueueSnapshot::paused);
        assertThat(queues().get(0).due()).isEqualTo(2);

        resume("weir");
        resume(QUEUE);
        assertThat(queues()).extracting(QueueSnapshot::queue).containsExactly(QUEUE);
        assertThat(queues()).noneMatch(QueueSnapshot::paused);
    }

    @Test
    void againItChangesNothing() {
        long worker = worker();
        given(jobs(1));
        resume(QUEUE);
        resume("no such queue");
        pause(QUEUE);
        pause(QUEUE);
        resume(QUEUE);

        assertThat(claimAll(worker)).hasSize(1);
    }
}
