package io.headrace.testkit.memory.places;

import io.headrace.spi.StoreHealth;
import io.headrace.spi.WakeUp;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Tells everybody who listens, on the thread that announces. Safe to use from many threads. */
public final class WakeUps {

    private final List<FluxSink<WakeUp>> listeners = new CopyOnWriteArrayList<>();

    public Flux<WakeUp> listen() {
        // What a listener has not asked for is lost, as it may be: a buffer could only grow.
        return Flux.create(
                listener -> {
                    listeners.add(listener);
                    listener.onDispose(() -> listeners.remove(listener));
                    listener.next(WakeUp.EveryQueue.INSTANCE);
                },
                FluxSink.OverflowStrategy.DROP);
    }

    public StoreHealth.WakeUps health() {
        return listeners.isEmpty() ? StoreHealth.WakeUps.NOT_WANTED : StoreHealth.WakeUps.HEARD;
    }

    public void announce(Collection<? extends WakeUp> wakeUps) {
        for (FluxSink<WakeUp> listener : listeners) {
            wakeUps.forEach(listener::next);
        }
    }
}
