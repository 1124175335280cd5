package io.headrace.engine;

import io.headrace.JobId;
import io.headrace.JobUpdate;
import io.headrace.StoreException;
import io.headrace.UnknownJobException;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * The jobs that a client watches. All of them are looked at together, one look at a time, and only while somebody watches. A
 * job that nobody watched before is looked at without waiting for the interval, together with all that came meanwhile; one
 * that is watched already shows what was seen of it last.
 *
 * <p>Whatever happens is an event; events are dealt with in their order, on one thread at a time, and everything but their
 * queue belongs to it. Thread-safe; updates are emitted on the thread that dealt with them: the driver's or the scheduler's.
 */
final class Watches {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    private static final int MOST_JOBS_PER_LOOK = 1_000;
    /** Looking takes at most one part in so many of the time. */
    private static final int SHARE_OF_TIME = 10;

    private static final Duration STORE_AWAY = Duration.ofSeconds(5);

    private final JobStore store;
    private final Duration interval;
    private final Scheduler scheduler;
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    private final Map<JobId, Watched> watched = new HashMap<>();
    private final Disposable.Swap timer = Disposables.swap();
    private boolean looking;
    private boolean due;
    private boolean armed;
    private boolean away;

    private static final class Watched {
        private final List<FluxSink<JobUpdate>> watchers = new ArrayList<>();
        private @Nullable JobUpdate last;
    }

    Watches(JobStore store, Duration interval, Scheduler scheduler) {
        this.store = store;
        this.interval = interval;
        this.scheduler = scheduler;
    }

    Flux<JobUpdate> watch(JobId id) {
        return Flux.create(
                watcher -> {
                    watcher.onDispose(() -> happened(() -> remove(id, watcher)));
                    happened(() -> add(id, watcher));
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    private void happened(Runnable event) {
        events.add(event);
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                run(next);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private static void run(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            log.error("watching jobs failed", e);
        }
    }

    private void add(JobId id, FluxSink<JobUpdate> watcher) {
        if (watcher.isCancelled()) {
            return;
        }
        Watched job = watched.computeIfAbsent(id, key -> new Watched());
        job.watchers.add(watcher);
        if (job.last != null) {
            watcher.next(job.last);
        } else {
            look();
        }
    }

    private void remove(JobId id, FluxSink<JobUpdate> watcher) {
        Watched job = watched.get(id);
        if (job != null && job.watchers.remove(watcher) && job.watchers.isEmpty()) {
            watched.remove(id);
        }
        if (watched.isEmpty()) {
            timer.update(Disposables.disposed());
            armed = false;
            due = false;
        }
    }

    private Set<JobId> unseen() {
        return watched.entrySet().stream()
                .filter(job -> job.getValue().last == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** At all of them when the time has come, otherwise at those that nobody has looked at yet. */
    private void look() {
        Set<JobId> ids = due ? Set.copyOf(watched.keySet()) : unseen();
        if (looking || ids.isEmpty() || (away && !due)) {
            return;
        }
        looking = true;
        due = false;
        long began = now();
        Flux.fromIterable(ids)
                .buffer(MOST_JOBS_PER_LOOK)
                .concatMap(some -> store.inspector().look(new HashSet<>(some)))
                .collectMap(JobUpdate::id)
                .subscribe(
                        seen -> happened(() -> answered(ids, seen, now() - began)),
                        error -> happened(() -> failed(ids, error)));
    }

    private void answered(Set<JobId> asked, Map<JobId, JobUpdate> seen, long tookMillis) {
        looking = false;
        if (away) {
            away = false;
            log.info("jobs can be watched again");
        }
        for (JobId id : asked) {
            JobUpdate update = seen.get(id);
            if (update == null) {
                endWith(id, new UnknownJobException(id));
            } else {
                tell(id, update);
            }
        }
        goOn(Math.max(interval.toMillis(), tookMillis * SHARE_OF_TIME));
    }

    private void tell(JobId id, JobUpdate update) {
        Watched job = watched.get(id);
        if (job == null || update.equals(job.last)) {
            return;
        }
        job.last = update;
        List<FluxSink<JobUpdate>> watchers = List.copyOf(job.watchers);
        if (update.isOutcome()) {
            watched.remove(id);
        }
        for (FluxSink<JobUpdate> watcher : watchers) {
            watcher.next(update);
            if (update.isOutcome()) {
                watcher.complete();
            }
        }
    }

    private void failed(Set<JobId> asked, Throwable error) {
        looking = false;
        if (error instanceof StoreException e && !e.isPassing()) {
            asked.forEach(id -> endWith(id, error));
        } else if (!away) {
            away = true;
            log.warn("watched jobs could not be looked at, trying again: {}", ErrorText.firstLine(error));
        }
        goOn(Math.max(interval.toMillis(), STORE_AWAY.toMillis()));
    }

    private void endWith(JobId id, Throwable error) {
        Watched job = watched.remove(id);
        if (job != null) {
            job.watchers.forEach(watcher -> watcher.error(error));
        }
    }

    /** Those that came while a look was on its way are next; all together when the time has come. */
    private void goOn(long millis) {
        if (!armed && !watched.isEmpty()) {
            armed = true;
            timer.update(scheduler.schedule(() -> happened(this::tick), millis, TimeUnit.MILLISECONDS));
        }
        look();
    }

    private void tick() {
        armed = false;
        due = true;
        look();
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
