package io.headrace.testkit.memory.places;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Tells everybody who fires schedules to look again, on the thread that announces. Safe to use from many threads. */
public final class ScheduleChanges {

    private final List<FluxSink<Boolean>> listeners = new CopyOnWriteArrayList<>();

    public Flux<Boolean> listen() {
        // What a listener has not asked for is lost, as it may be: a buffer could only grow.
        return Flux.create(
                listener -> {
                    listeners.add(listener);
                    listener.onDispose(() -> listeners.remove(listener));
                    listener.next(true);
                },
                FluxSink.OverflowStrategy.DROP);
    }

    public boolean isHeard() {
        return !listeners.isEmpty();
    }

    public void announce() {
        listeners.forEach(listener -> listener.next(true));
    }
}
