package io.headrace.engine.flush;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Deals with events in their order, on one thread at a time: that on which the first of them happened. After those that came
 * together, a step follows. Thread-safe; an event or step that throws is reported, and the next is dealt with all the same.
 */
public final class SerialEvents {

    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();
    private final Runnable step;
    private final Consumer<Throwable> broke;

    /** @param step follows the events that came together */
    public SerialEvents(Runnable step, Consumer<Throwable> broke) {
        this.step = step;
        this.broke = broke;
    }

    /** Deals with an event. What happens while it is dealt with comes before the step that follows. */
    public void happened(Runnable event) {
        events.add(event);
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                run(next);
            }
            run(step);
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void run(Runnable part) {
        try {
            part.run();
        } catch (Throwable e) {
            broke.accept(e);
        }
    }
}
