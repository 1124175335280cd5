package io.headrace.engine.result;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.JobEnds;
import io.headrace.engine.client.Watches;
import io.headrace.engine.flush.SerialEvents;
import io.headrace.engine.settle.EndListener;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobEnd;
import io.headrace.spi.JobStore;
import io.headrace.spi.Verdict;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The jobs that a client awaits. All who await share the calls to the store: one registers jobs, one reads how they ended, each
 * for all that came together.
 *
 * <p>An end is learned of in four ways, of which the first counts: from the engine of this process when it has recorded it; from
 * the store's announcement; from a read soon after the registration, for a settlement that was on its way; and from the looks of
 * {@link Watches}, which find every end at the latest. Thread-safe; ends are emitted on the thread that learned of them.
 */
public final class Awaits implements JobEnds, EndListener {

    private static final Logger log = LoggerFactory.getLogger(Awaits.class);

    private static final Duration BEAT = Duration.ofSeconds(20);

    private final Watches watches;
    private final JobObserver observer;
    private final Scheduler scheduler;
    private final SerialEvents events = new SerialEvents(this::step, e -> log.error("Awaiting jobs failed", e));
    private final Map<JobId, Awaited> all = new HashMap<>();
    /** The same, for those who ask on other threads. */
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();

    private final Registrar registrar;
    private final EndReader reader;
    private final Listening listening;
    private final SoonReads soonReads;
    private boolean beating;
    private boolean wasCut;

    private Awaits(JobStore store, Watches watches, ClientSettings settings, boolean ofEngine) {
        this.watches = watches;
        this.observer = settings.observer();
        this.scheduler = settings.scheduler();
        this.registrar = new Registrar(store.results(), ofEngine, scheduler, events, this);
        this.reader = new EndReader(store.results(), scheduler, events, this);
        this.listening = new Listening(ofEngine ? null : store::wakeUps, this::heard);
        this.soonReads = new SoonReads(scheduler, events, this, settings.watchInterval());
    }

    /** For a client without an engine. It listens to the store's announcements while somebody awaits. */
    public static Awaits ofClient(JobStore store, Watches watches, ClientSettings settings) {
        return new Awaits(store, watches, settings, false);
    }

    /** For an engine's client. The engine {@linkplain #heard passes on} what it hears and {@linkplain #settled} what it records. */
    public static Awaits ofEngine(JobStore store, Watches watches, ClientSettings settings) {
        return new Awaits(store, watches, settings, true);
    }

    @Override
    public Mono<JobEnd> end(JobId id, boolean wantsResult) {
        return Mono.create(sink -> {
            Awaited.Caller caller = new Awaited.Caller(sink, wantsResult, System.nanoTime());
            sink.onCancel(() -> events.happened(() -> remove(id, caller)));
            events.happened(() -> add(id, caller));
        });
    }

    /** The store has announced something. */
    public void heard(WakeUp wakeUp) {
        wakeUp.fold(new Heard());
    }

    /** What an announcement means here. */
    private final class Heard implements WakeUp.Cases<Void> {

        @Override
        public Void everyQueue() {
            events.happened(Awaits.this::hearsAgain);
            return null;
        }

        @Override
        public Void due(WakeUp.Due wakeUp) {
            return null;
        }

        @Override
        public Void ended(WakeUp.Ended wakeUp) {
            if (!ids.isEmpty()) {
                events.happened(() -> {
                    wakeUp.completed().forEach(Awaits.this::hasCompleted);
                    wakeUp.others().forEach(Awaits.this::mayHaveEnded);
                });
            }
            return null;
        }

        @Override
        public Void silence() {
            events.happened(Awaits.this::hearsNoMore);
            return null;
        }
    }

    /** Announcements may have been lost meanwhile. */
    private void hearsAgain() {
        if (!soonReads.hears()) {
            soonReads.hears(true);
            // Of the others, the registration itself tells.
            all.values().stream().filter(Awaited::isRegistered).forEach(reader::add);
        }
        if (wasCut) {
            // The server may have crashed, and forgotten who waits.
            wasCut = false;
            registrar.registerAnew(all.values());
        }
    }

    private void hearsNoMore() {
        wasCut = soonReads.hears() || wasCut;
        soonReads.hears(false);
    }

    @Override
    public boolean isListening() {
        return !ids.isEmpty();
    }

    @Override
    public void settled(long job, int attempt, Verdict verdict) {
        if (ids.contains(job)) {
            events.happened(verdict.fold(new LocalEnd(this, new JobId(job), attempt)));
        }
    }

    @Override
    public void mayHaveChanged(JobId id) {
        if (ids.contains(id.value())) {
            events.happened(() -> mayHaveEnded(id));
        }
    }

    void mayHaveEnded(JobId id) {
        Awaited job = all.get(id);
        if (job != null) {
            reader.add(job);
        }
    }

    void mayHaveEnded(Awaited job) {
        if (isAwaited(job)) {
            reader.add(job);
        }
    }

    private void hasCompleted(JobId id) {
        Awaited job = all.get(id);
        if (job != null) {
            reader.addCompleted(job);
        }
    }

    private void step() {
        registrar.step();
        reader.step();
    }

    private void add(JobId id, Awaited.Caller caller) {
        Awaited job = all.get(id);
        if (job == null) {
            job = new Awaited(id);
            all.put(id, job);
            ids.add(id.value());
            registrar.add(job);
        }
        job.add(caller);
        if (!beating) {
            beating = true;
            listening.begin();
            beatLater();
        }
    }

    private void remove(JobId id, Awaited.Caller caller) {
        Awaited job = all.get(id);
        if (job != null && job.remove(caller)) {
            drop(job);
        }
    }

    private void drop(Awaited job) {
        all.remove(job.id());
        ids.remove(job.id().value());
        registrar.drop(job);
        reader.drop(job);
        soonReads.drop(job);
        job.leave();
    }

    private void beatLater() {
        scheduler.schedule(() -> events.happened(this::beat), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        registrar.beat(all.values());
        if (all.isEmpty() && registrar.isIdle()) {
            beating = false;
            listening.end();
        } else {
            beatLater();
        }
    }

    /** All that are awaited now. */
    Collection<Awaited> all() {
        return all.values();
    }

    boolean isAwaited(Awaited job) {
        return all.get(job.id()) == job;
    }

    /**
     * Jobs are registered, or cannot be for now.
     *
     * @param early whether engines may have settled them without having known that somebody waits
     */
    void registered(Collection<Awaited> jobs, boolean early) {
        List<Awaited> unwatched =
                jobs.stream().filter(job -> isAwaited(job) && !job.isWatched()).toList();
        if (unwatched.isEmpty()) {
            return;
        }
        soonReads.add(unwatched, early);
        Map<Awaited, Disposable.Swap> watching = new HashMap<>();
        unwatched.forEach(job -> watching.put(job, job.watch()));
        watches.together(() -> watching.forEach((job, watch) -> watch.update(watches.watch(job.id())
                .subscribe(
                        update -> events.happened(() -> seen(job, update)),
                        error -> events.happened(() -> failed(job, error))))));
    }

    private void seen(Awaited job, JobUpdate update) {
        if (!update.isOutcome() || !isAwaited(job)) {
            return;
        }
        if (update.state() == JobState.COMPLETED && job.wantsResult()) {
            job.seenCompleted(update);
            reader.addCompleted(job);
        } else {
            ended(new JobEnd(update, null));
        }
    }

    void ended(JobEnd end) {
        Awaited job = all.get(end.id());
        if (job != null) {
            drop(job);
            job.endWith(end, observer);
        }
    }

    void failed(Awaited job, Throwable error) {
        if (isAwaited(job)) {
            drop(job);
            job.failWith(error);
        }
    }
}
