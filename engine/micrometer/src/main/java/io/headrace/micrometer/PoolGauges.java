package io.headrace.micrometer;

import io.headrace.spi.JobInspector;
import io.headrace.spi.PoolUse;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToIntFunction;

/** How the store's connection pools are used, as of the moment of the scrape. */
final class PoolGauges {

    private final LiveGauges gauges;
    private final JobInspector inspector;

    PoolGauges(LiveGauges gauges, JobInspector inspector) {
        this.gauges = gauges;
        this.inspector = inspector;
    }

    void register() {
        List<PoolUse> pools = inspector.pools();
        for (int place = 0; place < pools.size(); place++) {
            Tags pool = Tags.of("pool", pools.get(place).name());
            add("acquired", "connections", "Connections in use", pool, place, PoolUse::acquired);
            add("idle", "connections", "Open connections that are not in use", pool, place, PoolUse::idle);
            add("pending", "callers", "Callers waiting for a connection", pool, place, PoolUse::pending);
            add("max", "connections", "Maximum number of connections", pool, place, PoolUse::most);
        }
    }

    private void add(String name, String unit, String description, Tags pool, int place, ToIntFunction<PoolUse> what) {
        gauges.add(
                "headrace.pool." + name,
                unit,
                description,
                pool,
                () -> what.applyAsInt(inspector.pools().get(place)));
    }
}
