package io.headrace.engine;

import io.headrace.InvalidSettingException;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransforms;
import io.headrace.QueueSettings;
import io.headrace.engine.run.EngineThreads;
import io.headrace.engine.run.HandlerTable;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
        PayloadTransforms transforms,
        Timing timing,
        long payloadBudget,
        EngineThreads threads,
        boolean stopsOnShutdown) {

    EngineSettings {
        queues = Map.copyOf(queues);
        schedules = Map.copyOf(schedules);
    }

    /** The same schedules, if all of them enqueue a kind that may be enqueued. */
    static Map<String, Schedule> ofKnownKinds(Map<String, Schedule> schedules, Set<String> known) {
        for (Schedule schedule : schedules.values()) {
            String kind = schedule.type().kind();
            if (!known.contains(kind)) {
                throw new InvalidSettingException(
                        "schedule",
                        "'" + schedule.name() + "' enqueues kind '" + kind
                                + "', which has no handler. Add one with subscribe(), or name the kind with enqueues()"
                                + " if another service handles it");
            }
        }
        return schedules;
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
            Duration signalRetention,
            Duration grace,
            Duration progress) {}
}
