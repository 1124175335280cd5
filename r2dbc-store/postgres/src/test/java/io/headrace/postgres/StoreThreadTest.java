package io.headrace.postgres;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class StoreThreadTest {

    @Test
    void connectionsAreMadeWhileHandlersKeepAllThreadsOfReactor() {
        AtomicBoolean over = new AtomicBoolean();
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
            over.set(true);
            schema.close();
        }
    }

    /** Busy, since BlockHound would not let the thread wait. */
    private static void keepUntil(AtomicBoolean over) {
        while (!over.get()) {
            Math.random();
        }
    }
}
