package io.headrace.micrometer;

import io.headrace.observe.StoreCall;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What is measured of each call of the store, a batch each. Thread-safe. */
final class CallMeters {

    private static final Set<StoreCall> BATCHES =
            Set.of(StoreCall.ENQUEUE, StoreCall.CLAIM, StoreCall.SETTLE, StoreCall.FIRE);

    private final Map<StoreCall, Timer> answered = new EnumMap<>(StoreCall.class);
    private final Map<StoreCall, Timer> failed = new EnumMap<>(StoreCall.class);
    private final Map<StoreCall, DistributionSummary> batches = new EnumMap<>(StoreCall.class);

    CallMeters(MeterRegistry registry, Tags common) {
        for (StoreCall call : StoreCall.values()) {
            answered.put(call, timer(registry, common.and("call", call.text(), "result", "answered")));
            failed.put(call, timer(registry, common.and("call", call.text(), "result", "failed")));
        }
        for (StoreCall call : BATCHES) {
            batches.put(
                    call,
                    DistributionSummary.builder("headrace.store.batch")
                            .description("Jobs per call; empty claims are not counted")
                            .baseUnit("jobs")
                            .tags(common)
                            .tag("call", call.text())
                            .register(registry));
        }
    }

    private static Timer timer(MeterRegistry registry, Tags tags) {
        return Timer.builder("headrace.store.calls")
                .description("Calls to the store, including the wait for a connection")
                .tags(tags)
                .register(registry);
    }

    void answered(StoreCall call, long jobs, Duration took) {
        Timer timer = answered.get(call);
        if (timer != null) {
            timer.record(took);
        }
        DistributionSummary batch = batches.get(call);
        if (batch != null && jobs > 0) {
            batch.record((double) jobs);
        }
    }

    void failed(StoreCall call, Duration took) {
        Timer timer = failed.get(call);
        if (timer != null) {
            timer.record(took);
        }
    }
}
