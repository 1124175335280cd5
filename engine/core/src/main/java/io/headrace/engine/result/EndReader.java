package io.headrace.engine.result;

import io.headrace.JobId;
import io.headrace.JobUpdate;
import io.headrace.StoreException;
import io.headrace.engine.flush.SerialEvents;
import io.headrace.spi.EndsRequest;
import io.headrace.spi.JobEnd;
import io.headrace.spi.ResultStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.scheduler.Scheduler;

/**
 * Reads how awaited jobs ended. One call at a time: those that come while it is on its way are read together. Belongs to the
 * events of {@link Awaits}.
 */
final class EndReader {

    private static final Duration STORE_AWAY = Duration.ofSeconds(1);

    private final ResultStore store;
    private final Scheduler scheduler;
    private final SerialEvents events;
    private final Awaits awaits;

    private final Set<Awaited> unknown = new LinkedHashSet<>();
    private final Set<Awaited> completed = new LinkedHashSet<>();
    private boolean calling;

    EndReader(ResultStore store, Scheduler scheduler, SerialEvents events, Awaits awaits) {
        this.store = store;
        this.scheduler = scheduler;
        this.events = events;
        this.awaits = awaits;
    }

    /** One that may have ended. */
    void add(Awaited job) {
        if (!completed.contains(job)) {
            unknown.add(job);
        }
    }

    /** One that has completed. */
    void addCompleted(Awaited job) {
        unknown.remove(job);
        completed.add(job);
    }

    void drop(Awaited job) {
        unknown.remove(job);
        completed.remove(job);
    }

    void step() {
        if (calling || (unknown.isEmpty() && completed.isEmpty())) {
            return;
        }
        calling = true;
        Set<Awaited> over = take(completed, ResultStore.MOST_ENDS);
        Set<Awaited> perhaps = take(unknown, ResultStore.MOST_ENDS - over.size());
        boolean attempts = over.stream().anyMatch(Awaited::wantsAttempt)
                || perhaps.stream().anyMatch(Awaited::wantsAttempt);
        store.ends(new EndsRequest(ids(perhaps), ids(over), attempts))
                .subscribe(
                        ends -> events.happened(() -> answered(over, ends)),
                        error -> events.happened(() -> failed(over, perhaps, error)));
    }

    private static Set<Awaited> take(Set<Awaited> from, int most) {
        Set<Awaited> taken = from.stream().limit(most).collect(Collectors.toCollection(LinkedHashSet::new));
        from.removeAll(taken);
        return taken;
    }

    private static Set<JobId> ids(Set<Awaited> jobs) {
        Set<JobId> ids = new HashSet<>();
        jobs.forEach(job -> ids.add(job.id()));
        return ids;
    }

    private void answered(Set<Awaited> over, List<JobEnd> ends) {
        calling = false;
        ends.forEach(awaits::ended);
        for (Awaited job : over) {
            JobUpdate seen = job.completed();
            // The watch has ended with it, so nobody would look again.
            if (seen != null && awaits.isAwaited(job)) {
                awaits.ended(new JobEnd(seen, null));
            }
        }
    }

    private void failed(Set<Awaited> over, Set<Awaited> perhaps, Throwable error) {
        if (error instanceof StoreException e && !e.isPassing()) {
            calling = false;
            over.forEach(job -> awaits.failed(job, error));
            perhaps.forEach(job -> awaits.failed(job, error));
            return;
        }
        over.stream().filter(awaits::isAwaited).forEach(this::addCompleted);
        perhaps.stream().filter(awaits::isAwaited).forEach(this::add);
        scheduler.schedule(() -> events.happened(() -> calling = false), STORE_AWAY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
