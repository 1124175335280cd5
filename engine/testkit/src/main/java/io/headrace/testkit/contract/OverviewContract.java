package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewWorker;
import io.headrace.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people see of the queues and the workers. */
abstract class OverviewContract extends ContractSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aQueueThatIsWorkedOnIsListedWithoutAJob() {
        assertThat(worker()).isNotZero();

        assertThat(await(store().inspector().queues().collectList()))
                .singleElement()
                .satisfies(queue -> {
                    assertThat(queue.queue()).isEqualTo(QUEUE);
                    assertThat(queue.workers()).isEqualTo(1);
                    assertThat(queue.oldestDue()).isNull();
                });
    }

    @Test
    void queuesAreCounted() {
        long worker = worker();
        given(jobs(10));
        given(job().delay(HOUR), job().delay(HOUR), job().queue("weir"));
        List<ClaimedJob> claimed = claim(worker, 5);
        settle(worker, failed(claimed.get(0)), completed(claimed.get(1)));
        passTime(Duration.ofMinutes(10));

        List<QueueSnapshot> queues = await(store().inspector().queues().collectList());

        assertThat(queues).extracting(QueueSnapshot::queue).containsExactly(QUEUE, "weir");
        QueueSnapshot mill = queues.get(0);
        assertThat(mill.paused()).isFalse();
        assertThat(mill.due()).isEqualTo(5);
        assertThat(mill.scheduled()).isEqualTo(2);
        assertThat(mill.leased()).isEqualTo(3);
        assertThat(mill.failed()).isEqualTo(1);
        assertThat(mill.oldestDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(queues.get(1).due()).isEqualTo(1);
        assertThat(queues.get(1).workers()).isZero();
    }

    @Test
    void aQueueIsServedWhileAWorkerHasItThatIsNotSilent() {
        assertThat(await(store().inspector().servedQueues().collectList())).isEmpty();
        assertThat(worker(Duration.ofMinutes(1))).isNotEqualTo(worker());
        assertThat(await(store().inspector().servedQueues().collectList())).containsExactly(QUEUE);

        passTime(Duration.ofDays(1));

        assertThat(await(store().inspector().servedQueues().collectList())).isEmpty();
    }

    @Test
    void workersAreListedWithWhatTheyHave() {
        long idle = worker(Duration.ofMinutes(1));
        passTime(Duration.ofSeconds(1));
        long busy = worker();
        given(jobs(10));
        assertThat(claim(busy, 4)).hasSize(4);
        passTime(Duration.ofMinutes(2));

        List<WorkerSnapshot> workers = await(store().inspector().workers().collectList());

        assertThat(workers)
                .extracting(WorkerSnapshot::id)
                .containsExactly(new WorkerId(idle).toString(), new WorkerId(busy).toString());
        assertThat(workers.get(0).isSilent()).isTrue();
        assertThat(workers.get(0).expiresIn()).isBetween(Duration.ofMinutes(-2), Duration.ofSeconds(-50));
        assertThat(workers.get(1).isSilent()).isFalse();
        assertThat(workers.get(1).name()).isEqualTo("miller");
        assertThat(workers.get(1).queues()).containsExactly(QUEUE);
        assertThat(workers.get(1).version()).isNull();
        assertThat(workers.get(1).kinds()).isNull();
        assertThat(workers.get(1).slots()).isEmpty();
        assertThat(workers.get(1).leases()).isEqualTo(1);
        assertThat(workers.get(1).jobs()).isEqualTo(4);
        assertThat(Duration.between(workers.get(0).startedAt(), workers.get(1).startedAt()))
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aWorkerSaysWhatItRunsAndWhenItWasHeard() {
        long worker = await(store().workers()
                .register(new NewWorker(
                        "miller",
                        "1.4.2",
                        Set.of(QUEUE, "weir"),
                        Set.of("grind", "sift"),
                        Map.of(QUEUE, 8),
                        EXPIRY,
                        false)));
        passTime(Duration.ofMinutes(1));
        assertThat(heartbeat(worker, Set.of()).known()).isTrue();

        assertThat(await(store().inspector().workers().collectList()))
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.version()).isEqualTo("1.4.2");
                    assertThat(shown.queues()).containsExactlyInAnyOrder(QUEUE, "weir");
                    assertThat(shown.kinds()).containsExactlyInAnyOrder("grind", "sift");
                    assertThat(shown.slots()).containsExactly(Map.entry(QUEUE, 8));
                    assertThat(Duration.between(shown.startedAt(), shown.heardAt()))
                            .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
                });
    }
}
