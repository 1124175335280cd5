package io.headrace.engine.monitor;

import io.headrace.WorkerSnapshot;
import io.headrace.engine.guard.ErrorText;
import io.headrace.operate.LiveView;
import io.headrace.spi.JobStore;
import io.headrace.spi.LiveReading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads the store for all who watch it, once in each interval however many they are, and not at all while nobody does:
 * two queries, one after the other. A reading that fails is reported, and the next is made all the same. Thread-safe.
 */
public final class LiveFeed {

    /** From the end of one reading to the next: an open console costs the database a query a second. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private final JobStore store;
    private final Scheduler scheduler;
    private final Flux<LiveView> views;

    // By one reading at a time: what one writes, the next one sees.
    private final Forecasts forecasts = new Forecasts();
    private volatile LiveView last = new LiveView(null, List.of(), List.of(), null);
    private volatile @Nullable Long readNanos;

    /**
     * The feed of one store.
     *
     * @param scheduler where the pauses between readings pass
     */
    public LiveFeed(JobStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
        this.views = Flux.defer(this::readings).replay(1).refCount();
    }

    /** The latest view at once, if there is a fresh one, and then each. Slow subscribers miss some. */
    public Flux<LiveView> views() {
        return views.onBackpressureLatest();
    }

    private Flux<LiveView> readings() {
        Duration rest = untilNext();
        Flux<LiveView> first =
                rest.isZero() ? Flux.from(reading()) : Flux.just(last).concatWith(readingAfter(rest));
        return first.concatWith(readingAfter(INTERVAL).repeat());
    }

    private Mono<LiveView> readingAfter(Duration pause) {
        return Mono.delay(pause, scheduler).then(reading());
    }

    /** Zero if there is no view, or it is old: subscribing again and again causes no more readings than staying. */
    private Duration untilNext() {
        Long before = readNanos;
        if (before == null) {
            return Duration.ZERO;
        }
        Duration rest = INTERVAL.minusNanos(scheduler.now(TimeUnit.NANOSECONDS) - before);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private Mono<LiveView> reading() {
        return Mono.defer(() -> store.monitor().live())
                .zipWhen(reading -> store.inspector().workers().collectList(), this::view)
                .onErrorResume(error ->
                        Mono.just(new LiveView(last.at(), last.queues(), last.workers(), ErrorText.firstLine(error))))
                .doOnNext(view -> {
                    last = view;
                    readNanos = scheduler.now(TimeUnit.NANOSECONDS);
                });
    }

    private LiveView view(LiveReading reading, List<WorkerSnapshot> workers) {
        return new LiveView(reading.at(), forecasts.after(reading), workers, null);
    }
}
