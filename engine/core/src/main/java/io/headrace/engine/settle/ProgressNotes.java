package io.headrace.engine.settle;

import io.headrace.JobProgress;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.ProgressNote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What running jobs say of their progress, on its way to the store: the latest of each, all in one statement, at intervals,
 * and only when there is something new. The first word after a silence leaves at once. Thread-safe; nobody waits here.
 *
 * <p>A job that has reported is forgotten in the store with the first statement after its attempt ended. If that never
 * leaves, since the process died, a sweep forgets it: it is shown only while its lease holds the job.
 */
public final class ProgressNotes {

    private static final Logger log = LoggerFactory.getLogger(ProgressNotes.class);

    private static final String LOOP = "writing progress";

    private final LeaseStore store;
    private final LongSupplier worker;
    private final Duration interval;
    private final Scheduler scheduler;
    private final LoopGuard guard;
    private final Map<Key, Note> notes = new ConcurrentHashMap<>();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final Disposable.Swap timer = Disposables.swap();
    private volatile long lastMillis = Long.MIN_VALUE / 2;
    private volatile boolean closed;

    private record Key(long lease, long job) {
        static Key of(LeasedJob job) {
            return new Key(job.lease().id(), job.job().id());
        }
    }

    /**
     * @param progress what was said last; {@code null} when the attempt is over
     * @param isNew whether the store has yet to hear of it
     * @param isStored whether the store may know of the job
     */
    private record Note(@Nullable JobProgress progress, boolean isNew, boolean isStored) {}

    public ProgressNotes(
            LeaseStore store, LongSupplier worker, Duration interval, Scheduler scheduler, LoopGuard guard) {
        this.guard = guard;
        this.store = store;
        this.worker = worker;
        this.interval = interval;
        this.scheduler = scheduler;
    }

    /** A job under way says something; {@link #end} follows. */
    public void report(LeasedJob job, JobProgress progress) {
        notes.compute(Key.of(job), (key, note) -> new Note(progress, true, note != null && note.isStored));
        arm();
    }

    /** An attempt is over. Called for each of them: most have said nothing. */
    public void end(LeasedJob job) {
        if (notes.isEmpty()) {
            return;
        }
        Note left =
                notes.computeIfPresent(Key.of(job), (key, note) -> note.isStored ? new Note(null, true, true) : null);
        if (left != null) {
            arm();
        }
    }

    /** A job under way has left a lease for another: what it has said is written anew, since progress belongs to a lease. */
    public void moved(LeasedJob job, long fromLease) {
        Note said = notes.isEmpty()
                ? null
                : notes.remove(new Key(fromLease, job.job().id()));
        if (said != null && said.progress != null) {
            notes.putIfAbsent(Key.of(job), new Note(said.progress, true, said.isStored));
            arm();
        }
    }

    /** Writes what is left, if the store takes it, and nothing more after that. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            timer.dispose();
            return write();
        });
    }

    private void arm() {
        if (!closed && armed.compareAndSet(false, true)) {
            long wait = Math.max(0, lastMillis + interval.toMillis() - now());
            try {
                // Not update(): by now the timer may have fired and a later one been set, which it would dispose.
                timer.replace(scheduler.schedule(this::flush, wait, TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException e) {
                log.debug("Progress is no longer written: the scheduler has terminated");
            }
        }
    }

    private void flush() {
        if (closed) {
            return;
        }
        lastMillis = now();
        guard.defer(LOOP, this::write).subscribe(nothing -> {}, error -> guard.broke(LOOP, error), this::disarm);
    }

    private void disarm() {
        armed.set(false);
        if (notes.values().stream().anyMatch(Note::isNew)) {
            arm();
        }
    }

    private Mono<Void> write() {
        Map<Key, Note> sent = take();
        if (sent.isEmpty()) {
            return Mono.empty();
        }
        List<ProgressNote> batch = sent.entrySet().stream()
                .map(each -> new ProgressNote(each.getKey().lease, each.getKey().job, each.getValue().progress))
                .toList();
        return store.note(worker.getAsLong(), batch)
                .doOnSuccess(nothing -> sent.forEach(this::noted))
                .onErrorResume(error -> {
                    log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                            .log(
                                    "Failed to write the progress of {} jobs, retrying in {}: {}",
                                    batch.size(),
                                    interval,
                                    ErrorText.firstLine(error));
                    sent.forEach(this::notNoted);
                    return Mono.empty();
                });
    }

    /** What is new, now as if it were stored: it may be, even if the answer is lost. */
    private Map<Key, Note> take() {
        Map<Key, Note> taken = new LinkedHashMap<>();
        notes.forEach((key, note) -> {
            Note sent = new Note(note.progress, false, true);
            if (note.isNew && notes.replace(key, note, sent)) {
                taken.put(key, sent);
            }
        });
        return taken;
    }

    private void noted(Key key, Note sent) {
        if (sent.progress == null) {
            notes.remove(key, sent);
        }
    }

    private void notNoted(Key key, Note sent) {
        notes.replace(key, sent, new Note(sent.progress, true, true));
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
