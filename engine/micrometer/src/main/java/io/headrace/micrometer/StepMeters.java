package io.headrace.micrometer;

import io.headrace.observe.StepEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of the steps of jobs. Thread-safe. */
final class StepMeters {

    private final Map<StepEnd, Timer> run = new EnumMap<>(StepEnd.class);
    private final Counter replayed;

    StepMeters(MeterRegistry registry, Tags tags) {
        for (StepEnd end : StepEnd.values()) {
            if (end != StepEnd.REPLAYED) {
                run.put(
                        end,
                        Timer.builder("headrace.steps.run")
                                .description("Duration of the work of steps")
                                .tags(tags)
                                .tag("outcome", end.text())
                                .register(registry));
            }
        }
        replayed = Counter.builder("headrace.steps.replayed")
                .description("Steps that were on record and did not run again")
                .tags(tags)
                .register(registry);
    }

    void stepped(StepEnd end, long ranNanos) {
        Timer timer = run.get(end);
        if (timer == null) {
            replayed.increment();
        } else {
            timer.record(ranNanos, TimeUnit.NANOSECONDS);
        }
    }
}
