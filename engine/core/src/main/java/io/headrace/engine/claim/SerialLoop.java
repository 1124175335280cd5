package io.headrace.engine.claim;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Makes a step on one thread at a time: whoever comes while it is being made has it made once more, by that thread. Thread-safe;
 * a step that throws is reported, and the next is made all the same.
 */
final class SerialLoop {

    private final AtomicInteger wip = new AtomicInteger();
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final Runnable step;
    private final Consumer<Throwable> broke;

    SerialLoop(Runnable step, Consumer<Throwable> broke) {
        this.step = step;
        this.broke = broke;
    }

    /** Makes a step that deals with an event. */
    void happened(Runnable event) {
        try {
            events.add(event);
        } catch (Throwable e) {
            broke.accept(e);
        }
        run();
    }

    /** Part of the step. */
    void dealWithEvents() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    /** Makes a step. */
    void run() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                step.run();
            } catch (Throwable e) {
                // Left raised, the count would keep everybody out for ever.
                broke.accept(e);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }
}
