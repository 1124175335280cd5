package io.headrace.spring.autoconfigure;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.EngineStatus;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** When the engine starts and stops, seen from the application. */
class EngineLifecycleTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    @Component
    static class Mill {
        final List<String> events = new CopyOnWriteArrayList<>();
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch proceed = new CountDownLatch(1);

        @HandlesJob("grind")
        void grind(String grain) throws InterruptedException {
            begun.countDown();
            try {
                proceed.await();
                events.add("ground " + grain);
            } catch (InterruptedException e) {
                events.add("broken off");
                throw e;
            }
        }
    }

    /** Where the web server stands among what stops. */
    @Component
    static class Watch implements SmartLifecycle {
        private final Mill mill;
        private final ObjectProvider<JobEngine> engine;
        private boolean running;

        Watch(Mill mill, ObjectProvider<JobEngine> engine) {
            this.mill = mill;
            this.engine = engine;
        }

        @Override
        public void start() {
            mill.events.add(
                    "the web server starts, the engine is " + (engine.getIfAvailable() == null ? "away" : "there"));
            running = true;
        }

        @Override
        public void stop() {
            mill.events.add("the web server has stopped");
            mill.proceed.countDown();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
        }
    }

    @Test
    void theEngineStartsBeforeTheWebServerAndStopsAfterIt() throws InterruptedException {
        assertThat(EngineLifecycle.PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
        try (TestApp app =
                TestApp.of(Mill.class, Watch.class).with("server.port", "0").start(WebApplicationType.REACTIVE)) {
            Mill mill = app.bean(Mill.class);
            app.client().enqueue(GRIND.job("rye")).block(PATIENCE);
            mill.begun.await();

            app.context().close();

            assertThat(mill.events)
                    .containsExactly(
                            "the web server starts, the engine is there", "the web server has stopped", "ground rye");
            assertThat(app.number("SELECT count(*) FROM %s.completed")).isOne();
            assertThat(app.number("SELECT count(*) FROM %s.worker")).isZero();
        }
    }

    @Test
    void aHandlerThatTakesLongerThanAPhaseMayIsBrokenOffAndItsJobHandedBack() throws InterruptedException {
        try (TestApp app = TestApp.of(Mill.class)
                .with("spring.lifecycle.timeout-per-shutdown-phase", "2s")
                .start()) {
            Mill mill = app.bean(Mill.class);
            app.client().enqueue(GRIND.job("rye")).block(PATIENCE);
            mill.begun.await();

            app.context().close();

            await().atMost(PATIENCE).until(() -> mill.events.contains("broken off"));
            assertThat(app.number("SELECT count(*) FROM %s.pending WHERE attempt = 0"))
                    .isOne();
            assertThat(app.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(app.number("SELECT count(*) FROM %s.worker")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"30s, 27s", "10s, 8s", "1s, 800ms", "0s, 1ms"})
    void handlersHaveWhatSpringGivesLessWhatItTakesToHandBack(String phase, String grace) {
        Duration given = DurationStyle.detectAndParse(phase);
        Duration left = DurationStyle.detectAndParse(grace);
        assertThat(new EngineLifecycle(null, given).grace()).isEqualTo(left);
    }

    /** Needs the client, which must not need its handlers. */
    @Component
    static class Chain {
        final JobClient client;
        final List<String> done = new CopyOnWriteArrayList<>();

        Chain(JobClient client) {
            this.client = client;
        }

        @HandlesJob("first")
        Mono<Void> first(String grain) {
            return client.enqueue(JobType.of("second", String.class).job(grain)).then();
        }

        @HandlesJob("second")
        Mono<Void> second(String grain) {
            return Mono.fromRunnable(() -> done.add(grain));
        }
    }

    @Test
    void aHandlerMayEnqueue() {
        try (TestApp app = TestApp.of(Chain.class).start()) {
            app.client().enqueue(JobType.of("first", String.class).job("rye")).block(PATIENCE);
            await().atMost(PATIENCE).until(() -> app.bean(Chain.class).done.contains("rye"));
        }
    }

    /** Enqueues before there is an engine. */
    @Component
    static class Early {
        Early(JobClient client) {
            client.enqueue(GRIND.job("rye")).block(PATIENCE);
        }
    }

    @Test
    void aBeanMayEnqueueBeforeTheEngineStarts() {
        try (TestApp app = TestApp.of(Early.class, Mill.class).start()) {
            Mill mill = app.bean(Mill.class);
            mill.proceed.countDown();
            await().atMost(PATIENCE).until(() -> mill.events.contains("ground rye"));
        }
    }

    /** As Spring's tests do with an application whose turn it is not. */
    @Test
    void whatIsStoppedMayBeStartedAgain() {
        try (TestApp app = TestApp.of(Chain.class).start()) {
            JobEngine engine = app.bean(JobEngine.class);

            app.context().pause();
            assertThat(engine.status().state()).isEqualTo(EngineStatus.State.STOPPED);
            assertThat(app.number("SELECT count(*) FROM %s.worker")).isZero();
            app.client().enqueue(JobType.of("first", String.class).job("rye")).block(PATIENCE);
            app.context().restart();

            assertThat(engine.status().state()).isEqualTo(EngineStatus.State.RUNNING);
            await().atMost(PATIENCE).until(() -> app.bean(Chain.class).done.contains("rye"));
        }
    }

    @Test
    void withoutHandlersThereIsOnlyTheClientWhichKnowsEveryKind() {
        try (TestApp app = TestApp.of().start()) {
            assertThat(app.context().getBeanProvider(JobEngine.class).getIfAvailable())
                    .isNull();
            assertThat(app.client().enqueue(GRIND.job("rye")).block(PATIENCE).created())
                    .isTrue();
            assertThat(app.number("SELECT count(*) FROM %s.worker")).isZero();
        }
    }

    @Test
    void anEngineThatIsSwitchedOffLeavesTheClient() {
        try (TestApp app =
                TestApp.of(Mill.class).with("headrace.engine.enabled", "false").start()) {
            assertThat(app.context().getBeanProvider(JobEngine.class).getIfAvailable())
                    .isNull();
            assertThat(app.client().enqueue(GRIND.job("rye")).block(PATIENCE).created())
                    .isTrue();
        }
    }

    @Test
    void anEngineWithoutHandlersIsThereWhereItIsWanted() {
        try (TestApp app = TestApp.of().with("headrace.engine.enabled", "true").start()) {
            assertThat(app.bean(JobEngine.class)).isNotNull();
            assertThat(app.number("SELECT count(*) FROM %s.worker")).isOne();
        }
    }

    @Test
    void lazyBeansAreHandlersAllTheSame() {
        try (TestApp app = TestApp.of(Chain.class)
                .with("spring.main.lazy-initialization", "true")
                .start()) {
            app.client().enqueue(JobType.of("first", String.class).job("rye")).block(PATIENCE);
            await().atMost(PATIENCE).until(() -> app.bean(Chain.class).done.contains("rye"));
        }
    }
}
