package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.operate.EndedFilter;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** On which threads handlers run, and what outlives them. These threads are real, and may block without being found out. */
class ThreadsTest {

    private static final int THREADS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    final LogLines log = new LogLines();

    private final InMemoryJobStore store = InMemoryJobStore.create();
    private final Scheduler scheduler = Schedulers.newParallel(THREADS, Thread::new);
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private JobEngine engine;

    @AfterEach
    void stop() {
        engine.stop(PATIENCE).block(PATIENCE);
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        scheduler.dispose();
    }

    private void enqueueAndAwaitItsBeginning(String payload) throws InterruptedException {
        engine.client().enqueue(GRIND.job(payload)).block(PATIENCE);
        assertThat(begun.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("begun")
                .isEqualTo(payload);
    }

    @Test
    void jobsThatTrickleInRunOnAllThreads() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(THREADS);
        engine = JobEngine.builder(store)
                .scheduler(scheduler)
                .subscribe(GRIND, job -> {
                    threads.add(Thread.currentThread());
                    begun.add(job.payload());
                    all.countDown();
                    awaitUninterruptedly(all);
                    return Mono.empty();
                })
                .build();
        engine.start().block(PATIENCE);

        for (int i = 0; i < THREADS; i++) {
            enqueueAndAwaitItsBeginning("sack " + i);
        }

        assertThat(threads).hasSize(THREADS);
    }

    @Test
    void aHandlerThatBlocksItsThreadDelaysNoOther() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        engine = JobEngine.builder(store)
                .scheduler(scheduler)
                .subscribe(GRIND, job -> {
                    begun.add(job.payload());
                    if (job.payload().equals("stone")) {
                        awaitUninterruptedly(release);
                    }
                    return Mono.empty();
                })
                .build();
        engine.start().block(PATIENCE);
        enqueueAndAwaitItsBeginning("stone");

        for (int i = 0; i < 2 * THREADS; i++) {
            enqueueAndAwaitItsBeginning("sack " + i);
        }
        release.countDown();
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1 + 2 * THREADS);
    }

    @Test
    void anOperatorOutlivesTheThreadOfItsEngine() {
        engine = JobEngine.builder(store).subscribe(GRIND, job -> Mono.empty()).build();
        engine.start().block(PATIENCE);
        engine.stop(PATIENCE).block(PATIENCE);

        assertThat(engine.operator()
                        .ended(EndedFilter.any())
                        .take(Duration.ofMillis(100))
                        .collectList()
                        .block(PATIENCE))
                .isEmpty();
    }

    @Test
    void aHandlerThatKeepsTheOnlyThreadCostsNoLeaseAndIsNamed() throws InterruptedException {
        Scheduler only = Schedulers.newParallel("only", 1);
        AtomicBoolean over = new AtomicBoolean();
        Unreliable counted = new Unreliable(store);
        engine = JobEngine.builder(counted.proxy())
                .handlerScheduler(only)
                .heartbeatInterval(Duration.ofMillis(50))
                .workerExpiry(Duration.ofMillis(500))
                .sweepInterval(Duration.ofMillis(100))
                .subscribe(GRIND, job -> {
                    begun.add(job.payload());
                    return grind(over);
                })
                .build();
        engine.start().block(PATIENCE);
        enqueueAndAwaitItsBeginning("stone");

        // Twice its expiry in heartbeats, and until somebody has noticed.
        int before = counted.calls("heartbeat");
        log.await(Level.WARN, "The handler of kind 'grind' has kept thread 'only-", PATIENCE);
        assertThat(counted.calls("heartbeat") - before).isGreaterThanOrEqualTo(10);
        over.set(true);
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED))
                .singleElement()
                .satisfies(job -> assertThat(job.attempt()).isEqualTo(1));
        assertThat(log.at(Level.WARN)).hasSize(1);
        only.dispose();
    }

    /** Computes, since BlockHound finds out what blocks. */
    private static Mono<Void> grind(AtomicBoolean over) {
        double flour = 1;
        while (!over.get()) {
            flour = Math.sqrt(flour + 1);
        }
        return flour > 0 ? Mono.empty() : Mono.never();
    }

    private static void awaitUninterruptedly(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it has not come about");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
