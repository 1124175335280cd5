package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.UnknownKindException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Methods that handle jobs return outcomes with follow-ups. */
class FollowUpsTest {

    record Order(String number) {}

    private static final JobType<Order> CHARGE = JobType.of("charge", Order.class);
    private static final JobType<Order> PACK = JobType.of("pack", Order.class);
    private static final JobType<Order> SHIP = JobType.of("ship", Order.class);

    private static final Map<String, String> HANDLED = new ConcurrentHashMap<>();

    interface Payments {
        Mono<Void> charge(Order order);
    }

    /** The handler of docs/follow-ups.md. */
    @Component
    static class Orders {
        private final Payments payments = order -> Mono.empty();

        @HandlesJob("charge")
        Mono<JobOutcome> charge(Order order) {
            return payments.charge(order).thenReturn(JobOutcome.completeThen(PACK.job(order)));
        }
    }

    @Component
    static class Warehouse {
        @HandlesJob("pack")
        JobOutcome pack(Order order) {
            return JobOutcome.completeThen(SHIP.job(order));
        }

        @HandlesJob("ship")
        void ship(Job<Order> job) {
            HANDLED.put(job.payload().number(), job.headers().get(JobOutcome.AFTER_HEADER));
        }

        @HandlesJob(value = "lose", maxAttempts = "1")
        JobOutcome lose(Order order) {
            return JobOutcome.completeThen(JobType.of("found", Order.class).job(order));
        }
    }

    private TestApp app;

    @BeforeEach
    void start() {
        HANDLED.clear();
        app = TestApp.of(Orders.class, Warehouse.class).start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aChainRunsToItsEnd() {
        JobId charge = app.client()
                .enqueue(CHARGE.job(new Order("4711")))
                .block(PATIENCE)
                .id();
        await().atMost(PATIENCE).until(() -> HANDLED.containsKey("4711"));

        JobId pack = JobId.parse(HANDLED.get("4711"));
        assertThat(app.client().find(pack).block(PATIENCE)).satisfies(job -> {
            assertThat(job.kind()).isEqualTo("pack");
            assertThat(job.headers()).contains(charge.toString());
        });
    }

    @Test
    void aKindWithoutAHandlerFailsTheJob() {
        JobId lost = app.client()
                .enqueue(JobType.of("lose", Order.class).job(new Order("4712")))
                .block(PATIENCE)
                .id();

        assertThat(app.client()
                        .await(lost)
                        .then(app.client().find(lost))
                        .block(PATIENCE)
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.errorType()).isEqualTo(UnknownKindException.class.getName()));
    }
}
