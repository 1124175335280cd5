package io.headrace.engine.run;

import static java.time.Duration.ofSeconds;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class EngineThreadsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endWithTheirEngineIfTheyAreItsOwnAlsoOnAThreadThatMustNotBlock(boolean isOwned) {
        Ending upkeep = new Ending();
        Ending blocking = new Ending();
        EngineThreads threads = new EngineThreads(Schedulers.parallel(), upkeep, isOwned);

        StepVerifier.create(Mono.fromRunnable(() -> threads.end(blocking))
                        .subscribeOn(Schedulers.parallel())
                        .then(Mono.fromCallable(() ->
                                        blocking.hasEnded(10) && (isOwned ? upkeep.hasEnded(10) : !upkeep.hasEnded(0)))
                                .subscribeOn(Schedulers.boundedElastic())))
                .expectNext(true)
                .expectComplete()
                .verify(ofSeconds(30));
    }

    /** Waits when it ends, as for a lock. */
    private static final class Ending implements Scheduler {
        private final CountDownLatch ended = new CountDownLatch(1);

        boolean hasEnded(long seconds) throws InterruptedException {
            return ended.await(seconds, TimeUnit.SECONDS);
        }

        @Override
        public void dispose() {
            LockSupport.parkNanos(1);
            ended.countDown();
        }

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }
}
