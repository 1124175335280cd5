package io.headrace.spring.autoconfigure;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadTransform;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.TestApp;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Transforms are beans: those of the engine, of the client and of the operator alike. */
@Tag("slow")
class TransformBeansTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    /** Flips the bits that it is told to. */
    record Flip(String name, int bits) implements PayloadTransform {
        @Override
        public byte[] encode(byte[] payload, Context context) {
            byte[] flipped = payload.clone();
            for (int i = 0; i < flipped.length; i++) {
                flipped[i] ^= (byte) bits;
            }
            return flipped;
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return encode(stored, context);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Transforms {
        @Bean
        @Order(2)
        PayloadTransform last() {
            return new Flip("last", 5).only(GRIND);
        }

        @Bean
        @Order(1)
        PayloadTransform first() {
            return new Flip("first", 3);
        }
    }

    @Component
    static class Mill {
        static final Queue<String> GROUND = new ConcurrentLinkedQueue<>();

        @HandlesJob("grind")
        Mono<Void> grind(String grain) {
            return Mono.fromRunnable(() -> GROUND.add(grain));
        }
    }

    private static JobSnapshot found(TestApp app, JobId id) {
        return app.client().find(id).block(PATIENCE);
    }

    @Test
    void anApplicationThatOnlyEnqueuesTransforms() {
        try (TestApp app = TestApp.of(Transforms.class).start()) {
            JobId grind = app.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
            JobId sift =
                    app.operator().enqueue(SIFT.job("bran")).block(PATIENCE).id();

            assertThat(found(app, grind).payloadTransform()).isEqualTo("first,last");
            assertThat(found(app, sift).payloadTransform()).isEqualTo("first");
            assertThat(found(app, sift).payload()).doesNotContain("bran");
        }
    }

    @Test
    void anEngineReadsWhatItsClientTransforms() {
        try (TestApp app = TestApp.of(Transforms.class, Mill.class).start()) {
            JobId id = app.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();

            assertThat(app.client().await(id).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            assertThat(Mill.GROUND).contains("rye");
            assertThat(found(app, id).payloadTransform()).isEqualTo("first,last");
        }
    }
}
