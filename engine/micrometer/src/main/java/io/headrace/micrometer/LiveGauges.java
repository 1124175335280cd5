package io.headrace.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of an engine that lives, gone when it has stopped: the registry would show an engine that comes after it the values of
 * the one before. Each is registered once; to take one away and put it back would be seen twice by a scrape in between.
 * Thread-safe.
 */
final class LiveGauges {

    private final MeterRegistry registry;
    private final Tags common;
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();

    LiveGauges(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    /**
     * @param unit {@code null} for none
     * @param value {@code NaN} while it is not known
     */
    void add(String name, @Nullable String unit, String description, Tags tags, Supplier<Number> value) {
        registered.add(Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tags(common)
                .tags(tags)
                .register(registry));
    }

    void removeAll() {
        for (Meter meter = registered.poll(); meter != null; meter = registered.poll()) {
            registry.remove(meter);
        }
    }
}
