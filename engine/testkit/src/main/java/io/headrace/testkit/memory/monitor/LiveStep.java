package io.headrace.testkit.memory.monitor;

import io.headrace.spi.LiveReading;
import io.headrace.spi.QueueDepth;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.DepthCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads how the queues stand, and how many attempts ended in the last seconds. Guarded by the store's lock. */
final class LiveStep {

    private static final Duration LATELY = Duration.ofSeconds(10);

    private final Contents contents;
    private final Instant now;
    private final List<Endings.Ending> endings;

    LiveStep(Contents contents, Instant now) {
        this.contents = contents;
        this.now = now;
        this.endings = Endings.since(contents.places(), now.minus(LATELY));
    }

    LiveReading read() {
        Map<String, QueueDepth> depths = DepthCount.of(contents.places(), now).stream()
                .collect(Collectors.toMap(QueueDepth::queue, Function.identity(), (a, b) -> a, TreeMap::new));
        contents.paused().keySet().forEach(queue -> depths.putIfAbsent(queue, empty(queue)));
        endings.forEach(ending -> depths.putIfAbsent(ending.queue(), empty(ending.queue())));
        contents.workers().byId().values().stream()
                .filter(worker -> !worker.isSilent(now))
                .flatMap(worker -> worker.queues().stream())
                .forEach(queue -> depths.putIfAbsent(queue, empty(queue)));
        return new LiveReading(now, depths.values().stream().map(this::queue).toList());
    }

    private static QueueDepth empty(String queue) {
        return new QueueDepth(queue, 0, 0, Duration.ZERO, 0, 0, false);
    }

    private LiveReading.Queue queue(QueueDepth depth) {
        return new LiveReading.Queue(
                depth,
                contents.paused().containsKey(depth.queue()),
                rate(depth.queue(), Endings.What.COMPLETED),
                rate(depth.queue(), Endings.What.RETRIED),
                rate(depth.queue(), Endings.What.FAILED));
    }

    private double rate(String queue, Endings.What what) {
        long count = endings.stream()
                .filter(ending -> ending.queue().equals(queue) && ending.what() == what)
                .count();
        return (double) count / LATELY.toSeconds();
    }
}
