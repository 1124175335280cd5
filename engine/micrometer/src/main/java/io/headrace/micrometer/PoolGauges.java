package io.headrace.micrometer;

import io.headrace.spi.JobInspector;
import io.headrace.spi.PoolUse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToIntFunction;

/** How the store's connection pools are used, as of the moment of the scrape. */
final class PoolGauges {

    private final MeterRegistry registry;
    private final Tags common;
    private final JobInspector inspector;

    PoolGauges(MeterRegistry registry, Tags common, JobInspector inspector) {
        this.registry = registry;
        this.common = common;
        this.inspector = inspector;
    }

    void register() {
        List<PoolUse> pools = inspector.pools();
        for (int i = 0; i < pools.size(); i++) {
            String name = pools.get(i).name();
            gauge("headrace.pool.acquired", "Connections in use", name, i, PoolUse::acquired);
            gauge("headrace.pool.idle", "Connections open and not in use", name, i, PoolUse::idle);
            gauge("headrace.pool.pending", "Callers that wait for a connection", name, i, PoolUse::pending);
            gauge("headrace.pool.max", "Connections that there may be", name, i, PoolUse::most);
        }
    }

    private void gauge(String name, String description, String pool, int place, ToIntFunction<PoolUse> what) {
        Gauge.builder(name, inspector, store -> what.applyAsInt(store.pools().get(place)))
                .description(description)
                .baseUnit(what(name))
                .tags(common)
                .tag("pool", pool)
                .register(registry);
    }

    private static String what(String name) {
        return name.endsWith("pending") ? "callers" : "connections";
    }
}
