package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.signal.SignalAnswer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;

/** Methods that handle jobs wait for signals, and a signal joins the transaction of a service. */
class SignalsTest {

    record Order(String number) {}

    private static final JobType<Order> SHIP = JobType.of("ship", Order.class);

    @Component
    static class Warehouse {
        @HandlesJob("ship")
        Mono<JobOutcome> ship(Job<Order> job) {
            String key = "paid-" + job.payload().number();
            return job.signal(key, Long.class)
                    .map(cents -> JobOutcome.complete())
                    .defaultIfEmpty(JobOutcome.await(key, Duration.ofDays(7)));
        }
    }

    @Component
    static class Payments {
        private final JobClient client;

        Payments(JobClient client) {
            this.client = client;
        }

        @Transactional
        public Mono<SignalAnswer> paid(String number, boolean fails) {
            return client.signal("paid-" + number, 1_250)
                    .flatMap(answer -> fails ? Mono.error(new IllegalStateException("bounced")) : Mono.just(answer));
        }
    }

    private TestApp app;

    @BeforeEach
    void start() {
        app = TestApp.of(Warehouse.class, Payments.class).start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aSignalIsSentWithTheTransactionAndNotWithoutIt() {
        JobId id =
                app.client().enqueue(SHIP.job(new Order("77"))).block(PATIENCE).id();
        await().atMost(PATIENCE)
                .until(() -> app.operator()
                                .awaiting("paid-77", null, 1)
                                .block(PATIENCE)
                                .waits()
                                .size()
                        == 1);
        Payments payments = app.bean(Payments.class);

        assertThatThrownBy(() -> payments.paid("77", true).block(PATIENCE)).hasMessage("bounced");
        assertThat(app.client().find(id).block(PATIENCE).state()).isEqualTo(JobState.PENDING);
        assertThat(payments.paid("77", false).block(PATIENCE)).isEqualTo(new SignalAnswer(true, 1));

        await().atMost(PATIENCE)
                .until(() -> app.client().find(id).block(PATIENCE).state() == JobState.COMPLETED);
    }
}
