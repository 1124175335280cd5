package io.headrace.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of each queue and kind: found by two looks into maps, so that no key is made for a job. Thread-safe. */
final class KindTable {

    private final MeterRegistry registry;
    private final Tags common;
    private final Map<String, Map<String, KindMeters>> byQueue = new ConcurrentHashMap<>();

    KindTable(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    KindMeters of(String queue, String kind) {
        Map<String, KindMeters> byKind = byQueue.get(queue);
        KindMeters meters = byKind == null ? null : byKind.get(kind);
        return meters == null ? make(queue, kind) : meters;
    }

    private KindMeters make(String queue, String kind) {
        return byQueue.computeIfAbsent(queue, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(kind, name -> new KindMeters(registry, common.and("queue", queue, "kind", kind)));
    }
}
