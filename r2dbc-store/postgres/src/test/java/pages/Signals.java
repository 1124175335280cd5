package pages;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.JobStore;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The program of docs/signals.md. */
final class Signals {

    record Order(String id, long cents) {}

    record Payment(String reference) {}

    static final JobType<Order> SHIP = JobType.of("ship-order", Order.class);

    /** Sends parcels. */
    interface Warehouse {
        Mono<Void> ship(Order order, Payment payment);
    }

    private final Warehouse warehouse;

    Signals(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    Mono<JobOutcome> ship(Job<Order> job) {
        String key = "paid-" + job.payload().id();
        return job.signal(key, Payment.class)
                .flatMap(payment -> warehouse.ship(job.payload(), payment).thenReturn(JobOutcome.complete()))
                .switchIfEmpty(job.timedOut(key)
                        .map(late -> late
                                ? JobOutcome.cancel("not paid within a week")
                                : JobOutcome.await(key, Duration.ofDays(7))));
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store).subscribe(SHIP, this::ship).build();
    }

    Mono<Long> paid(JobClient client, Order order, Payment payment) {
        return client.signal("paid-" + order.id(), payment).map(SignalAnswer::woken);
    }

    Mono<SignalAnswer> paidIn(JobClient client, PostgresJobStore store, Connection connection, Order order) {
        return client.in(store.transaction(connection)).signal("paid-" + order.id(), new Payment("card"));
    }

    Mono<JobOutcome> approve(Job<Order> job) {
        String key = "approved-" + job.payload().id();
        return job.signalled(key)
                .map(approved -> approved ? JobOutcome.complete() : JobOutcome.await(key, Duration.ofHours(8)));
    }

    Mono<String> whoWaits(JobEngine engine, JobId id) {
        return engine.operator()
                .awaiting(null, null, 100)
                .map(page -> page.waits().size() + " jobs wait")
                .zipWith(engine.operator().why(id), (waits, why) -> waits + ". " + why.describe());
    }
}
