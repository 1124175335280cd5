package io.headrace.engine;

import io.headrace.PayloadCodec;
import io.headrace.QueueSettings;
import io.headrace.engine.run.EngineThreads;
import io.headrace.engine.run.HandlerTable;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** What an engine was built with, checked; the budget in bytes. Immutable. */
record EngineSettings(
        String name,
        @Nullable String version,
        Map<String, QueueSettings> queues,
        HandlerTable handlers,
        Map<String, Schedule> schedules,
        PayloadCodec codec,
        Timing timing,
        long payloadBudget,
        EngineThreads threads,
        boolean stopsOnShutdown) {

    EngineSettings {
        queues = Map.copyOf(queues);
        schedules = Map.copyOf(schedules);
    }

    /** Where all timers run. */
    Scheduler scheduler() {
        return threads.upkeep();
    }

    /** The intervals. */
    record Timing(
            Duration heartbeat,
            Duration expiry,
            Duration sweep,
            Duration failedRetention,
            Duration completedRetention,
            Duration fireRetention,
            Duration decisionRetention,
            Duration grace,
            Duration progress) {}
}
