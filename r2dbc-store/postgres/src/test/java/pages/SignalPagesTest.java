package pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import pages.Signals.Order;
import pages.Signals.Payment;
import reactor.core.publisher.Mono;

/** The program of docs/signals.md does what the page says. */
class SignalPagesTest extends PageTests {

    private final List<String> shipped = new CopyOnWriteArrayList<>();
    private final Signals page = new Signals(
            (order, payment) -> Mono.fromRunnable(() -> shipped.add(order.id() + " by " + payment.reference())));
    private final Order order = new Order("77", 1_250);

    private JobId enqueued(JobEngine engine) {
        JobId id =
                engine.client().enqueue(Signals.SHIP.job(order)).block(PATIENCE).id();
        store.runDue().block(PATIENCE);
        return id;
    }

    @Test
    void anOrderIsShippedWhenItIsPaid() {
        JobEngine engine = started(page.engine(store));
        JobId id = enqueued(engine);
        assertThat(only(JobState.PENDING).id()).isEqualTo(id);
        assertThat(page.whoWaits(engine, id).block(PATIENCE))
                .startsWith("1 jobs wait. It waits for the signal 'paid-77' until ");

        assertThat(page.paid(engine.client(), order, new Payment("transfer")).block(PATIENCE))
                .isEqualTo(1);
        store.runDue().block(PATIENCE);

        assertThat(only(JobState.COMPLETED).id()).isEqualTo(id);
        assertThat(shipped).containsExactly("77 by transfer");
    }

    @Test
    void anOrderThatWasPaidBeforeIsShippedAtOnce() {
        JobEngine engine = started(page.engine(store));
        assertThat(page.paid(engine.client(), order, new Payment("cash")).block(PATIENCE))
                .isZero();

        enqueued(engine);

        assertThat(shipped).containsExactly("77 by cash");
    }

    @Test
    void anApprovalNeedsNoValue() {
        JobEngine engine = started(
                JobEngine.builder(store).subscribe(Signals.SHIP, page::approve).build());
        enqueued(engine);
        assertThat(engine.client().signal("approved-77").block(PATIENCE).woken())
                .isEqualTo(1);

        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
    }
}
