package io.headrace.micrometer;

import io.headrace.Backoff;
import io.headrace.spi.JobInspector;
import io.headrace.spi.QueueDepth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What queues hold, read from the store now and then. A queue that was seen once is there for good, with zeros while it holds
 * nothing; after a reading that failed there is none, until one succeeds.
 */
final class DepthGauges {

    private static final Logger log = LoggerFactory.getLogger(DepthGauges.class);

    private final JobInspector inspector;
    private final Backoff pause;
    private final Map<MultiGauge, ToDoubleFunction<QueueDepth>> gauges = new LinkedHashMap<>();
    private final Set<String> seen = new TreeSet<>();

    DepthGauges(MeterRegistry registry, Tags common, JobInspector inspector, Duration interval) {
        this.inspector = inspector;
        this.pause = Backoff.fixed(interval).jitter(0.2);
        add(
                "headrace.queue.due",
                "jobs",
                "Jobs that are due and wait to be claimed",
                QueueDepth::due,
                registry,
                common);
        add("headrace.queue.later", "jobs", "Jobs that wait to be due", QueueDepth::later, registry, common);
        add("headrace.queue.leased", "jobs", "Jobs that workers have, anywhere", QueueDepth::leased, registry, common);
        add("headrace.queue.failed", "jobs", "Failed tombstones, up to 10,000", QueueDepth::failed, registry, common);
        add(
                "headrace.queue.oldest",
                "seconds",
                "For how long the oldest job that waits has been due",
                depth -> depth.oldestDue().toMillis() / 1_000.0,
                registry,
                common);
    }

    private void add(
            String name,
            String unit,
            String description,
            ToDoubleFunction<QueueDepth> value,
            MeterRegistry registry,
            Tags common) {
        gauges.put(
                MultiGauge.builder(name)
                        .description(description)
                        .baseUnit(unit)
                        .tags(common)
                        .register(registry),
                value);
    }

    Disposable start() {
        return Mono.defer(() -> inspector.depths().collectList())
                .doOnNext(this::show)
                .onErrorResume(error -> {
                    log.warn("what the queues hold could not be read, the next reading follows: {}", error.toString());
                    clear();
                    return Mono.empty();
                })
                .then(Mono.defer(() -> Mono.delay(pause.jittered(1), Schedulers.parallel())))
                .repeat()
                .doFinally(signal -> clear())
                .subscribe();
    }

    private synchronized void show(List<QueueDepth> depths) {
        Map<String, QueueDepth> byQueue = new LinkedHashMap<>();
        seen.forEach(queue -> byQueue.put(queue, new QueueDepth(queue, 0, 0, Duration.ZERO, 0, 0, false)));
        depths.forEach(depth -> byQueue.put(depth.queue(), depth));
        seen.addAll(byQueue.keySet());
        gauges.forEach((gauge, value) -> gauge.register(
                byQueue.values().stream()
                        .<MultiGauge.Row<?>>map(
                                depth -> MultiGauge.Row.of(Tags.of("queue", depth.queue()), value.applyAsDouble(depth)))
                        .toList(),
                true));
    }

    private synchronized void clear() {
        gauges.keySet().forEach(gauge -> gauge.register(List.of(), true));
    }
}
