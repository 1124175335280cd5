package io.headrace.micrometer;

import io.headrace.JobState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How long callers awaited jobs, by how these ended. Thread-safe. */
final class AwaitMeters {

    private final Map<JobState, Timer> awaited = new EnumMap<>(JobState.class);

    AwaitMeters(MeterRegistry registry, Tags common) {
        for (JobState state : JobState.values()) {
            if (!state.isLive()) {
                awaited.put(
                        state,
                        Timer.builder("headrace.jobs.awaited")
                                .description("How long callers awaited the end of a job")
                                .tags(common.and("state", state.name().toLowerCase(Locale.ROOT)))
                                .register(registry));
            }
        }
    }

    void awaited(JobState state, long waitedNanos) {
        Objects.requireNonNull(awaited.get(state)).record(waitedNanos, TimeUnit.NANOSECONDS);
    }
}
