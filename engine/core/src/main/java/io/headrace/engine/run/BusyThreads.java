package io.headrace.engine.run;

import io.headrace.JobId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;

/**
 * Notices handlers that keep a thread which must not be blocked. While handlers run, it looks once a second at what each
 * thread is doing; an attempt that is seen twice has kept its thread for that long. Warns once for each kind.
 */
final class BusyThreads {

    private static final Logger log = LoggerFactory.getLogger(BusyThreads.class);

    private static final long INTERVAL_MILLIS = 1_000;

    private final Lanes lanes;
    private final Scheduler scheduler;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final Disposable.Swap timer = Disposables.swap();
    private final Set<String> warned = new HashSet<>();
    private Map<HandlerCall, Thread> before = Map.of();

    /** @param scheduler what the looking is scheduled on; if it is the handlers' own, its threads must not all be blocked */
    BusyThreads(Lanes lanes, Scheduler scheduler) {
        this.lanes = lanes;
        this.scheduler = scheduler;
    }

    /** Called after an attempt was handed to the lanes. */
    void watch() {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            arm();
        }
    }

    void stop() {
        timer.dispose();
    }

    private void arm() {
        try {
            // Not update(): a look that came before this line may have set the next one, which would be disposed.
            timer.replace(scheduler.schedule(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            log.debug("Threads are no longer watched: the scheduler has terminated");
        }
    }

    /** Called by one thread at a time. */
    void look() {
        Map<HandlerCall, Thread> now = new HashMap<>();
        lanes.look((thread, run) -> {
            if (thread instanceof NonBlocking) {
                now.put(run, thread);
            }
        });
        now.forEach((run, thread) -> {
            if (before.containsKey(run) && warned.add(run.kind())) {
                warn(run, thread);
            }
        });
        before = now;
        if (!lanes.areIdle()) {
            arm();
            return;
        }
        armed.set(false);
        // Whoever handed an attempt over before that has armed nothing.
        if (!lanes.areIdle()) {
            watch();
        }
    }

    private static void warn(HandlerCall run, Thread thread) {
        log.warn(
                "The handler of kind '{}' has kept thread '{}' for over {} ms (job {}), so other handlers wait. "
                        + "Declare the handler with JobHandler.blocking, or move its work to another scheduler",
                run.kind(),
                thread.getName(),
                INTERVAL_MILLIS,
                new JobId(run.jobId()),
                new Stack(thread));
    }

    /** Where the thread is at this moment. */
    private static final class Stack extends Exception {

        private static final long serialVersionUID = 1L;

        Stack(Thread thread) {
            super("Current stack of thread '" + thread.getName() + "'", null, false, true);
            setStackTrace(thread.getStackTrace());
        }
    }
}
