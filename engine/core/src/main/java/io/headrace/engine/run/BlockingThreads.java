package io.headrace.engine.run;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Threads for handlers that block: virtual where the JDK has them, else a pool as large as the concurrency. */
public final class BlockingThreads {

    private static final String NAME = "headrace-blocking";

    private BlockingThreads() {}

    public static Scheduler scheduler(int concurrency) {
        ExecutorService virtual = virtualThreads();
        return virtual == null
                ? Schedulers.newBoundedElastic(concurrency, Integer.MAX_VALUE, NAME, 60, true)
                : Schedulers.fromExecutorService(virtual, NAME);
    }

    /** By reflection, since the release level is 17. */
    private static @Nullable ExecutorService virtualThreads() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
