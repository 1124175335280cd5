package io.headrace.micrometer;

import io.headrace.Backoff;
import io.headrace.spi.JobInspector;
import io.headrace.spi.QueueDepth;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What queues hold, read from the store now and then. A queue that was seen once is there from then on, with zeros while it
 * holds nothing; after a reading that failed nothing is known, until one succeeds.
 */
final class DepthGauges {

    private static final Logger log = LoggerFactory.getLogger(DepthGauges.class);

    private final LiveGauges gauges;
    private final JobInspector inspector;
    private final Backoff pause;
    private final Set<String> own;
    private final Set<String> seen = new HashSet<>();
    private volatile @Nullable Map<String, QueueDepth> lastRead;

    /** @param own the queues that the engine works on: they are there before they hold anything */
    DepthGauges(LiveGauges gauges, JobInspector inspector, Duration interval, Set<String> own) {
        this.gauges = gauges;
        this.inspector = inspector;
        this.own = Set.copyOf(own);
        this.pause = Backoff.fixed(interval).jitter(0.2);
    }

    Disposable start() {
        own.stream().filter(seen::add).forEach(this::register);
        return Mono.defer(() -> inspector.depths().collectList())
                .doOnNext(this::show)
                .onErrorResume(error -> {
                    log.warn("Failed to read the queue depths, retrying: {}", error.toString());
                    lastRead = null;
                    return Mono.empty();
                })
                .then(Mono.defer(() -> Mono.delay(pause.jittered(1), Schedulers.parallel())))
                .repeat()
                .subscribe();
    }

    /** One reading at a time. */
    private void show(List<QueueDepth> depths) {
        lastRead = depths.stream().collect(Collectors.toUnmodifiableMap(QueueDepth::queue, Function.identity()));
        depths.stream().map(QueueDepth::queue).filter(seen::add).forEach(this::register);
    }

    private void register(String queue) {
        add("due", "jobs", "Jobs that are due and not yet claimed", queue, QueueDepth::due);
        add("scheduled", "jobs", "Jobs that are not due yet", queue, QueueDepth::scheduled);
        add("leased", "jobs", "Jobs leased by any worker", queue, QueueDepth::leased);
        add("failed", "jobs", "Failed tombstones, up to 10,000", queue, QueueDepth::failed);
        add(
                "oldest",
                "seconds",
                "How long the oldest waiting job has been due",
                queue,
                depth -> depth.oldestDue().toMillis() / 1_000.0);
    }

    private void add(String name, String unit, String description, String queue, Function<QueueDepth, Number> what) {
        gauges.add("headrace.queue." + name, unit, description, Tags.of("queue", queue), () -> {
            Map<String, QueueDepth> read = lastRead;
            if (read == null) {
                return Double.NaN;
            }
            QueueDepth depth = read.get(queue);
            return depth == null ? 0 : what.apply(depth);
        });
    }
}
