package io.headrace.postgres.listen;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Tells everybody who fires schedules that some may have been written. Thread-safe. */
final class ScheduleChanges {

    private final Set<FluxSink<Boolean>> listeners = ConcurrentHashMap.newKeySet();

    /** What a listener has not asked for yet is told once, when it asks: one look sees all that was written before. */
    Flux<Boolean> listen() {
        return Flux.create(
                listener -> {
                    listeners.add(listener);
                    listener.onDispose(() -> listeners.remove(listener));
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    void announce() {
        listeners.forEach(listener -> listener.next(true));
    }
}
