package io.headrace.postgres;

import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class StoreThreadTest {

    @Test
    void connectionsAreMadeWhileHandlersKeepAllThreadsOfReactor() {
        CountDownLatch over = new CountDownLatch(1);
        Scheduler.Worker[] kept = IntStream.range(0, Schedulers.DEFAULT_POOL_SIZE)
                .mapToObj(i -> Schedulers.parallel().createWorker())
                .toArray(Scheduler.Worker[]::new);
        TestSchema schema = new TestSchema(TestServer.newest());
        try {
            for (Scheduler.Worker worker : kept) {
                worker.schedule(() -> keepUntil(over));
            }

            schema.audit();
        } finally {
            over.countDown();
            schema.close();
        }
    }

    private static void keepUntil(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
