package io.headrace.engine.monitor;

import io.headrace.operate.LiveQueue;
import io.headrace.spi.LiveReading;
import io.headrace.spi.QueueDepth;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the readings of a store, one after another, say about the future of each of its queues. Not thread-safe. */
final class Forecasts {

    private final Map<String, QueueTrend> trends = new HashMap<>();

    /** The queues of the next reading, each with its forecast. */
    List<LiveQueue> after(LiveReading reading) {
        trends.keySet()
                .retainAll(reading.queues().stream()
                        .map(queue -> queue.depth().queue())
                        .collect(Collectors.toSet()));
        return reading.queues().stream()
                .map(queue -> queue(queue, reading.at()))
                .toList();
    }

    private LiveQueue queue(LiveReading.Queue queue, Instant at) {
        QueueDepth depth = queue.depth();
        QueueTrend trend = trends.computeIfAbsent(depth.queue(), name -> new QueueTrend());
        return new LiveQueue(
                depth.queue(),
                queue.isPaused(),
                depth.due(),
                depth.scheduled(),
                depth.leased(),
                depth.failed(),
                depth.oldestDue(),
                depth.estimated(),
                queue.completedPerSecond(),
                queue.retriedPerSecond(),
                queue.failedPerSecond(),
                trend.after(at, queue));
    }
}
