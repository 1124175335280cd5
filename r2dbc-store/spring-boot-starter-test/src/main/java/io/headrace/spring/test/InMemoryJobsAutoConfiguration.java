package io.headrace.spring.test;

import io.headrace.JacksonPayloadCodec;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.autoconfigure.HeadraceAutoConfiguration;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A store in memory in place of the one on PostgreSQL, and time at the test's word. */
@AutoConfiguration(before = HeadraceAutoConfiguration.class)
final class InMemoryJobsAutoConfiguration {

    private static final Duration NEVER = Duration.ofDays(36_500);

    @Bean
    ManualClock headraceClock() {
        return ManualClock.create();
    }

    @Bean
    InMemoryJobStore headraceStore(ManualClock clock) {
        return InMemoryJobStore.held(clock);
    }

    @Bean
    TestJobs headraceTestJobs(
            InMemoryJobStore store,
            ManualClock clock,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<PayloadTransform> transforms) {
        return new TestJobs(
                store,
                clock,
                codec.getIfUnique(JacksonPayloadCodec::new),
                PayloadTransforms.of(transforms.orderedStream().toList()));
    }

    /** A worker must not seem dead because the test has moved the clock. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    JobEngineCustomizer headraceOutlivesTheClock() {
        return engine -> engine.workerExpiry(NEVER);
    }
}
