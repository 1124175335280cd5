package io.headrace.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of each queue and kind: found by two looks into maps, so that no key is made for a job. Thread-safe. */
final class KindTable {

    private final MeterRegistry registry;
    private final Tags common;
    private final LiveGauges gauges;
    private final Map<String, Map<String, KindMeters>> byQueue = new ConcurrentHashMap<>();

    KindTable(MeterRegistry registry, Tags common, LiveGauges gauges) {
        this.registry = registry;
        this.common = common;
        this.gauges = gauges;
    }

    KindMeters of(String queue, String kind) {
        Map<String, KindMeters> byKind = byQueue.get(queue);
        KindMeters meters = byKind == null ? null : byKind.get(kind);
        return meters == null ? make(queue, kind) : meters;
    }

    private KindMeters make(String queue, String kind) {
        return byQueue.computeIfAbsent(queue, name -> new ConcurrentHashMap<>()).computeIfAbsent(kind, name -> {
            Tags tags = Tags.of("queue", queue, "kind", kind);
            KindMeters meters = new KindMeters(registry, common.and(tags));
            gauges.add("headrace.jobs.running", null, "Handlers that run in this engine", tags, meters::running);
            return meters;
        });
    }
}
