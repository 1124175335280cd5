package io.headrace.testkit.memory.places;

import io.headrace.spi.StoreHealth;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Tells everybody who listens, on the thread that announces. Safe to use from many threads. */
public final class WakeUps {

    /** Announces every queue. */
    public static final String EVERY_QUEUE = "";

    private final List<FluxSink<String>> listeners = new CopyOnWriteArrayList<>();

    public Flux<String> listen() {
        // What a listener has not asked for is lost, as it may be: a buffer could only grow.
        return Flux.create(
                listener -> {
                    listeners.add(listener);
                    listener.onDispose(() -> listeners.remove(listener));
                    listener.next(EVERY_QUEUE);
                },
                FluxSink.OverflowStrategy.DROP);
    }

    public StoreHealth.WakeUps health() {
        return listeners.isEmpty() ? StoreHealth.WakeUps.NOT_WANTED : StoreHealth.WakeUps.HEARD;
    }

    public void announce(Set<String> queues) {
        for (FluxSink<String> listener : listeners) {
            queues.forEach(listener::next);
        }
    }
}
