package io.headrace.engine.run;

import io.headrace.engine.guard.LoopGuard;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs attempts on the threads of a scheduler, any attempt on any thread: all wait in one queue, and a thread is scheduled
 * for each while one of them idles. A thread that has work takes the next attempt from the queue without being scheduled
 * again, and after a while lets others have the thread. Thread-safe.
 */
final class Lanes {

    private static final int MOST = 256;
    private static final int MOST_IN_A_ROW = 128;

    private final Queue<HandlerCall> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Lane> idle = new ConcurrentLinkedQueue<>();
    private final List<Lane> all;

    private final LoopGuard guard;

    private Lanes(List<Scheduler.Worker> threads, LoopGuard guard) {
        this.guard = guard;
        all = threads.stream().map(Lane::new).toList();
        idle.addAll(all);
    }

    /** A lane for each thread that the scheduler says it has, else for each processor. */
    static Lanes on(Scheduler scheduler, LoopGuard guard) {
        Integer capacity = Scannable.from(scheduler).scan(Scannable.Attr.CAPACITY);
        int threads = capacity == null || capacity < 1 ? Schedulers.DEFAULT_POOL_SIZE : Math.min(capacity, MOST);
        // A scheduler deals its threads out in turn: two engines that start at once would get every second one.
        synchronized (Lanes.class) {
            return new Lanes(
                    Stream.generate(scheduler::createWorker).limit(threads).toList(), guard);
        }
    }

    /**
     * Runs an attempt, soon.
     *
     * @throws RejectedExecutionException if the scheduler runs nothing any more
     */
    void execute(HandlerCall run) {
        waiting.add(run);
        try {
            wakeOne();
        } catch (RejectedExecutionException e) {
            if (waiting.remove(run)) {
                throw e;
            }
        }
    }

    /** Tells of each thread that has an attempt at this moment: the same attempt twice means that it kept the thread. */
    void look(BiConsumer<Thread, HandlerCall> seen) {
        for (Lane lane : all) {
            HandlerCall run = lane.current.get();
            Thread thread = lane.thread;
            if (run != null && thread != null) {
                seen.accept(thread, run);
            }
        }
    }

    boolean areIdle() {
        return idle.size() == all.size();
    }

    void close() {
        all.forEach(lane -> lane.worker.dispose());
    }

    private void wakeOne() {
        Lane lane = idle.poll();
        if (lane != null) {
            lane.worker.schedule(lane);
        }
    }

    private final class Lane implements Runnable {

        private final Scheduler.Worker worker;
        private final AtomicReference<@Nullable HandlerCall> current = new AtomicReference<>();
        private volatile @Nullable Thread thread;

        Lane(Scheduler.Worker worker) {
            this.worker = worker;
        }

        @Override
        public void run() {
            guard.run("running handlers", this::work);
        }

        private void work() {
            thread = Thread.currentThread();
            for (int ran = 0; ran < MOST_IN_A_ROW; ran++) {
                HandlerCall next = waiting.poll();
                if (next == null) {
                    rest();
                    return;
                }
                // Read by somebody who looks once a second: no fence for each attempt.
                current.lazySet(next);
                next.run();
            }
            current.lazySet(null);
            worker.schedule(this);
        }

        private void rest() {
            current.lazySet(null);
            idle.add(this);
            // What came before this lane was seen to be idle has woken nobody.
            if (!waiting.isEmpty()) {
                wakeOne();
            }
        }
    }
}
