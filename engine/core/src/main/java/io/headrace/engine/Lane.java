package io.headrace.engine;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Runs tasks one after another on one of a scheduler's threads: what comes while it runs is taken without being scheduled
 * again. After a while it lets others have the thread. Thread-safe.
 */
final class Lane {

    private static final int MOST_IN_A_ROW = 128;

    private final Queue<Runnable> tasks =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final AtomicInteger wip = new AtomicInteger();
    private final Scheduler.Worker thread;

    Lane(Scheduler.Worker thread) {
        this.thread = thread;
    }

    /**
     * Runs a task, soon.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler runs nothing any more
     */
    void execute(Runnable task) {
        tasks.offer(task);
        if (wip.getAndIncrement() == 0) {
            thread.schedule(this::run);
        }
    }

    void close() {
        thread.dispose();
    }

    private void run() {
        int missed = wip.get();
        do {
            for (int ran = 0; ran < MOST_IN_A_ROW; ran++) {
                Runnable task = tasks.poll();
                if (task == null) {
                    break;
                }
                task.run();
            }
            if (!tasks.isEmpty()) {
                thread.schedule(this::run);
                return;
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }
}
