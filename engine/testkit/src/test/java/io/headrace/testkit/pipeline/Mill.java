package io.headrace.testkit.pipeline;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.spi.JobStore;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * An in-memory store and engines on it, all under one virtual time: nothing runs but while time passes. After each test
 * the engines are stopped and the conservation law is checked.
 */
final class Mill implements BeforeEachCallback, AfterEachCallback {

    static final JobType<String> GRIND = JobType.of("grind", String.class);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<JobEngine> engines = new ArrayList<>();
    private VirtualTimeScheduler time;
    private InMemoryJobStore store;

    @Override
    public void beforeEach(ExtensionContext context) {
        time = VirtualTimeScheduler.getOrSet();
        store = InMemoryJobStore.create(new VirtualClock(time));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            engines.forEach(engine -> engine.stop(Duration.ofSeconds(1)).subscribe());
            pass(Duration.ofMinutes(2));
            String audit = store.inspector().audit().block().toString();
            if (!audit.equals("ok")) {
                throw new AssertionError("audit after the test: " + audit);
            }
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    InMemoryJobStore store() {
        return store;
    }

    void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    Duration now() {
        return Duration.ofMillis(time.now(TimeUnit.MILLISECONDS));
    }

    /** Lets all that is due now run. */
    void settleDown() {
        pass(Duration.ofMillis(1));
    }

    JobEngine start(UnaryOperator<JobEngine.Builder> settings) {
        return start(store, settings);
    }

    JobEngine start(JobStore on, UnaryOperator<JobEngine.Builder> settings) {
        JobEngine engine = settings.apply(JobEngine.builder(on)).build();
        engines.add(engine);
        engine.start().subscribe();
        settleDown();
        return engine;
    }

    /** Lets time pass until something has come about that may happen on a thread without virtual time. */
    void passUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        do {
            settleDown();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it has not come about");
            }
        } while (!done.getAsBoolean());
    }

    void stop(JobEngine engine, Duration grace) {
        engine.stop(grace).subscribe();
        pass(grace.plusSeconds(1));
    }

    JobId enqueue(JobEngine engine, NewJob<?> job) {
        List<Enqueued> answers = new ArrayList<>();
        engine.client().enqueue(job).subscribe(answers::add);
        settleDown();
        return answers.get(0).id();
    }

    void enqueue(JobEngine engine, int jobs) {
        for (int i = 0; i < jobs; i++) {
            engine.client().enqueue(GRIND.job("sack " + i)).subscribe();
        }
    }

    /** The same, so that one lease holds all of them. */
    void enqueueTogether(JobEngine engine, int jobs) {
        enqueueTogether(engine.client(), jobs);
    }

    static void enqueueTogether(JobClient client, int jobs) {
        client.enqueueAll(IntStream.range(0, jobs)
                        .mapToObj(nr -> GRIND.job("sack " + nr))
                        .toList())
                .subscribe();
    }

    JobSnapshot find(JobId id) {
        return store.inspector().find(id).block();
    }

    long leased() {
        return store.inspector().audit().block().leased();
    }

    private static final class VirtualClock extends Clock {
        private final VirtualTimeScheduler time;

        VirtualClock(VirtualTimeScheduler time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return START.plusMillis(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
