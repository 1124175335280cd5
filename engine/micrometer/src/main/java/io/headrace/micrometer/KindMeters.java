package io.headrace.micrometer;

import io.headrace.observe.AttemptEnd;
import io.headrace.observe.StepEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of the jobs of one queue and kind. The counters are all there from the first job on, or the first failure
 * would be no increase; the timers come as they are needed. Thread-safe.
 */
final class KindMeters {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter created;
    private final Counter there;
    private final Timer wait;
    private final Map<AttemptEnd, Counter> settled = new EnumMap<>(AttemptEnd.class);
    private final Map<AttemptEnd, Timer> run = new ConcurrentHashMap<>();
    private final LongAdder running = new LongAdder();
    private volatile @Nullable BatchMeters batches;
    private volatile @Nullable StepMeters steps;

    KindMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.created = enqueued(true, registry, tags);
        this.there = enqueued(false, registry, tags);
        this.wait = Timer.builder("headrace.jobs.wait")
                .description("Time from when a job was due until its handler was called")
                .tags(tags)
                .register(registry);
        for (AttemptEnd end : AttemptEnd.values()) {
            settled.put(end, settled(end, registry, tags));
        }
    }

    private static Counter settled(AttemptEnd end, MeterRegistry registry, Tags tags) {
        return Counter.builder("headrace.jobs.settled")
                .description("Recorded outcomes; outcomes tagged lost were not recorded")
                .tags(tags)
                .tag("outcome", end.text())
                .register(registry);
    }

    private static Counter enqueued(boolean created, MeterRegistry registry, Tags tags) {
        return Counter.builder("headrace.jobs.enqueued")
                .description("Jobs enqueued here; not created because of a unique key, throttle or debounce")
                .tags(tags)
                .tag("created", Boolean.toString(created))
                .register(registry);
    }

    long running() {
        return running.sum();
    }

    void enqueued(boolean isNew) {
        (isNew ? created : there).increment();
    }

    void began(long waitedNanos) {
        running.increment();
        wait.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void ended(AttemptEnd end, long ranNanos) {
        running.decrement();
        Timer timer = run.get(end);
        (timer == null ? makeRun(end) : timer).record(ranNanos, TimeUnit.NANOSECONDS);
    }

    private Timer makeRun(AttemptEnd end) {
        Timer timer = Timer.builder("headrace.jobs.run")
                .description("Duration of handlers")
                .tags(tags)
                .tag("outcome", end.text())
                .register(registry);
        run.put(end, timer);
        return timer;
    }

    /** Only batch handlers have these. */
    void called(int jobs, long ranNanos) {
        BatchMeters meters = batches;
        if (meters == null) {
            meters = new BatchMeters(registry, tags);
            batches = meters;
        }
        meters.called(jobs, ranNanos);
    }

    /** Only handlers with steps have these. */
    void stepped(StepEnd end, long ranNanos) {
        StepMeters meters = steps;
        if (meters == null) {
            meters = new StepMeters(registry, tags);
            steps = meters;
        }
        meters.stepped(end, ranNanos);
    }

    void settled(AttemptEnd end) {
        Counter counter = settled.get(end);
        if (counter != null) {
            counter.increment();
        }
    }
}
