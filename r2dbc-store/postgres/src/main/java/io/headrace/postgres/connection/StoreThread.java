package io.headrace.postgres.connection;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The thread on which a store's timers run and its connections are made. Handlers run on {@code Schedulers.parallel()}, which
 * has one thread on one processor: a handler that blocks it must not keep a heartbeat from getting a connection.
 */
final class StoreThread {

    private static final String NAME = "headrace-store";
    private static final long IDLE_SECONDS = 10;

    private StoreThread() {}

    /** A scheduler whose thread is a daemon and ends while there is nothing to do, so nobody needs to dispose of it. */
    static Scheduler scheduler() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return Schedulers.fromExecutorService(executor, NAME);
    }
}
