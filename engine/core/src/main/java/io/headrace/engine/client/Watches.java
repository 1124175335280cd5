package io.headrace.engine.client;

import io.headrace.JobId;
import io.headrace.JobUpdate;
import io.headrace.StoreException;
import io.headrace.UnknownJobException;
import io.headrace.engine.flush.SerialEvents;
import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.JobInspector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * The jobs that a client watches. All of them are looked at together, one look at a time, and only while somebody watches. A
 * job that nobody watched before is looked at without waiting for the interval, together with all that came meanwhile; one
 * that is watched already shows what was seen of it last.
 *
 * <p>Whatever happens is an event; events are dealt with in their order, on one thread at a time, and everything but their
 * queue belongs to it. At any moment a look is under way, or the timer runs, or the next look is due: a look ends by starting
 * the timer, the timer ends by making a look due, and a due look begins as soon as anybody watches. Nothing else touches the
 * timer, watchers that come and go least of all. Thread-safe; updates are emitted on the thread that dealt with them: the
 * driver's or the scheduler's.
 */
public final class Watches {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    private static final int MOST_JOBS_PER_LOOK = 10_000;
    /** Looking takes at most one part in so many of the time. */
    private static final int SHARE_OF_TIME = 10;

    private static final Duration STORE_AWAY = Duration.ofSeconds(5);

    private final JobInspector inspector;
    private final Duration interval;
    private final Scheduler scheduler;
    private final SerialEvents events = new SerialEvents(this::goOn, e -> log.error("Watching jobs failed", e));

    private final Map<JobId, Watched> watched = new HashMap<>();
    /** Those of them that came since the last look began. */
    private final Map<JobId, Watched> fresh = new HashMap<>();

    private boolean looking;
    private boolean timing;
    private boolean due = true;
    private boolean away;

    private static final class Watched {
        private final List<FluxSink<JobUpdate>> watchers = new ArrayList<>();
        private @Nullable JobUpdate last;
    }

    /** Watches none yet. */
    public Watches(JobInspector inspector, Duration interval, Scheduler scheduler) {
        this.inspector = inspector;
        this.interval = interval;
        this.scheduler = scheduler;
    }

    /** As {@link io.headrace.JobClient#watch} says. */
    public Flux<JobUpdate> watch(JobId id) {
        return Flux.create(
                watcher -> {
                    watcher.onDispose(() -> happened(() -> remove(id, watcher)));
                    happened(() -> add(id, watcher));
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    /** Has all jobs that a call begins to watch looked at together. */
    public void together(Runnable watches) {
        events.happened(watches);
    }

    private void happened(Runnable event) {
        events.happened(event);
    }

    private void add(JobId id, FluxSink<JobUpdate> watcher) {
        if (watcher.isCancelled()) {
            return;
        }
        Watched job = watched.computeIfAbsent(id, key -> {
            Watched first = new Watched();
            fresh.put(key, first);
            return first;
        });
        job.watchers.add(watcher);
        if (job.last != null) {
            emit(job.last, watcher);
        }
    }

    private void remove(JobId id, FluxSink<JobUpdate> watcher) {
        Watched job = watched.get(id);
        if (job != null && job.watchers.remove(watcher) && job.watchers.isEmpty()) {
            watched.remove(id);
            fresh.remove(id);
        }
    }

    /** Looks at all of them when the time has come, otherwise at those that nobody has looked at yet. */
    private void goOn() {
        if (looking) {
            return;
        }
        if (due && !watched.isEmpty()) {
            due = false;
            look(Map.copyOf(watched));
        } else if (!away && !fresh.isEmpty()) {
            look(Map.copyOf(fresh));
        }
    }

    private void look(Map<JobId, Watched> jobs) {
        looking = true;
        fresh.clear();
        long began = now();
        try {
            Flux.fromIterable(jobs.keySet())
                    .buffer(MOST_JOBS_PER_LOOK)
                    .concatMap(some -> inspector.look(new HashSet<>(some)))
                    .collectMap(JobUpdate::id)
                    .subscribe(
                            seen -> happened(() -> answered(jobs, seen, now() - began)),
                            error -> happened(() -> failed(jobs, error)));
        } catch (Throwable e) {
            // What Reactor rethrows: a class that does not link, memory that is spent.
            happened(() -> failed(jobs, e));
        }
    }

    private void answered(Map<JobId, Watched> asked, Map<JobId, JobUpdate> seen, long tookMillis) {
        ended(Math.max(interval.toMillis(), tookMillis * SHARE_OF_TIME));
        if (away) {
            away = false;
            log.info("Watching jobs works again");
        }
        asked.forEach((id, job) -> {
            JobUpdate update = seen.get(id);
            if (update == null) {
                endWith(id, job, new UnknownJobException(id));
            } else {
                tell(id, job, update);
            }
        });
    }

    private void failed(Map<JobId, Watched> asked, Throwable error) {
        ended(Math.max(interval.toMillis(), STORE_AWAY.toMillis()));
        if (error instanceof StoreException e && !e.isPassing()) {
            asked.forEach((id, job) -> endWith(id, job, error));
        } else if (!away) {
            away = true;
            log.warn("Failed to look up watched jobs, retrying: {}", ErrorText.firstLine(error));
        }
    }

    private void ended(long pauseMillis) {
        looking = false;
        if (!timing) {
            scheduler.schedule(() -> happened(this::tick), pauseMillis, TimeUnit.MILLISECONDS);
            timing = true;
        }
    }

    private void tick() {
        timing = false;
        due = true;
    }

    private void tell(JobId id, Watched job, JobUpdate update) {
        if (update.equals(job.last)) {
            return;
        }
        job.last = update;
        List<FluxSink<JobUpdate>> watchers = List.copyOf(job.watchers);
        if (update.isOutcome()) {
            watched.remove(id, job);
        }
        watchers.forEach(watcher -> emit(update, watcher));
    }

    private void endWith(JobId id, Watched job, Throwable error) {
        if (watched.remove(id, job)) {
            List.copyOf(job.watchers).forEach(watcher -> safely(id, () -> watcher.error(error)));
        }
    }

    private static void emit(JobUpdate update, FluxSink<JobUpdate> watcher) {
        safely(update.id(), () -> {
            watcher.next(update);
            if (update.isOutcome()) {
                watcher.complete();
            }
        });
    }

    /** A watcher that throws must not keep the others from hearing of it. */
    private static void safely(JobId id, Runnable emission) {
        try {
            emission.run();
        } catch (Throwable e) {
            log.error("A watcher of job {} failed", id, e);
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
