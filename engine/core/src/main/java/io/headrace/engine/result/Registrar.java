package io.headrace.engine.result;

import io.headrace.JobId;
import io.headrace.StoreException;
import io.headrace.engine.flush.SerialEvents;
import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.JobEnd;
import io.headrace.spi.ResultStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Has the store know which jobs a client awaits. One call at a time: those that come while it is on its way leave together with
 * the next. Belongs to the events of {@link Awaits}.
 */
final class Registrar {

    private static final Logger log = LoggerFactory.getLogger(Registrar.class);

    /** A process that is killed leaves its registrations for as long. */
    private static final Duration EXPIRY = Duration.ofMinutes(5);

    /** Of an engine's client: what its engine ends within this time needs no registration. */
    private static final Duration OWN_JOBS_TAKE = Duration.ofMillis(5);

    private static final Duration RENEWED_AFTER = EXPIRY.dividedBy(2);
    private static final Duration STORE_AWAY = Duration.ofSeconds(1);

    /** For as long engines look for registrations, once they have been told that somebody waits. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** In this time after they were told anew, some may settle jobs without having heard of it. */
    private static final Duration TAKING_NOTE = Duration.ofSeconds(1);

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final ResultStore store;
    private final boolean ofEngine;
    private final Scheduler scheduler;
    private final SerialEvents events;
    private final Awaits awaits;
    private final long client = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

    private final Set<Awaited> fresh = new LinkedHashSet<>();
    /** They may end here before the timer has run out, and those that came after it was set before the next one has. */
    private Set<Awaited> ripening = new LinkedHashSet<>();

    private Set<Awaited> later = new LinkedHashSet<>();
    private boolean timing;
    private final Set<Awaited> old = new LinkedHashSet<>();
    private final Set<JobId> gone = new HashSet<>();
    private boolean calling;
    /** Whether engines are to be told with the next call. */
    private boolean toAnnounce = true;
    /** Whether a call is wanted though there may be no job for it. */
    private boolean beat;

    private long toldMillis = LONG_AGO;
    private long toldAnewMillis = LONG_AGO;
    private boolean away;

    Registrar(ResultStore store, boolean ofEngine, Scheduler scheduler, SerialEvents events, Awaits awaits) {
        this.store = store;
        this.ofEngine = ofEngine;
        this.scheduler = scheduler;
        this.events = events;
        this.awaits = awaits;
    }

    void add(Awaited job) {
        gone.remove(job.id());
        if (!ofEngine) {
            fresh.add(job);
        } else if (timing) {
            later.add(job);
        } else {
            ripening.add(job);
            ripen();
        }
    }

    private void ripen() {
        timing = true;
        scheduler.schedule(() -> events.happened(this::ripened), OWN_JOBS_TAKE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ripened() {
        timing = false;
        fresh.addAll(ripening);
        ripening = later;
        later = new LinkedHashSet<>();
        if (!ripening.isEmpty()) {
            ripen();
        }
    }

    void drop(Awaited job) {
        fresh.remove(job);
        ripening.remove(job);
        later.remove(job);
        old.remove(job);
        if (job.isRegistered()) {
            gone.add(job.id());
        }
    }

    /** Tells engines again that somebody waits, renews registrations, and takes back those that nobody needs. */
    void beat(Collection<Awaited> all) {
        beat = !all.isEmpty() || !gone.isEmpty();
        toAnnounce = true;
        long before = now() - RENEWED_AFTER.toMillis();
        all.stream().filter(job -> job.isRegisteredBefore(before)).forEach(old::add);
    }

    /** The store may have forgotten all registrations. */
    void registerAnew(Collection<Awaited> all) {
        beat(all);
        all.stream().filter(Awaited::isRegistered).forEach(old::add);
    }

    /** Whether nothing is left to be told to the store. */
    boolean isIdle() {
        return !calling && fresh.isEmpty() && gone.isEmpty();
    }

    void step() {
        if (calling || (fresh.isEmpty() && !beat)) {
            return;
        }
        calling = true;
        beat = false;
        Set<Awaited> jobs = new LinkedHashSet<>();
        take(fresh, jobs);
        take(old, jobs);
        Set<JobId> noMore = Set.copyOf(gone);
        gone.clear();
        boolean announced = toAnnounce && !awaits.all().isEmpty();
        toAnnounce = toAnnounce && !announced;
        AwaitRequest request = new AwaitRequest(
                client,
                ofEngine,
                jobs.stream().map(Awaited::id).collect(Collectors.toSet()),
                noMore,
                EXPIRY,
                announced);
        store.await(request)
                .subscribe(
                        ends -> events.happened(() -> answered(jobs, ends, announced)),
                        error -> events.happened(() -> failed(jobs, noMore, error)));
    }

    private static void take(Set<Awaited> from, Set<Awaited> into) {
        List<Awaited> taken =
                from.stream().limit(ResultStore.MOST_AWAITED - into.size()).toList();
        taken.forEach(from::remove);
        into.addAll(taken);
    }

    private void answered(Set<Awaited> jobs, List<JobEnd> ends, boolean announced) {
        calling = false;
        beat = beat || !old.isEmpty();
        if (away) {
            away = false;
            log.info("Awaiting jobs works again");
        }
        long now = now();
        if (announced) {
            toldAnewMillis = now - toldMillis > REMEMBERED.toMillis() ? now : toldAnewMillis;
            toldMillis = now;
        }
        // Those have not been registered.
        Set<JobId> over = ends.stream().map(JobEnd::id).collect(Collectors.toSet());
        ends.forEach(awaits::ended);
        for (Awaited job : jobs) {
            if (awaits.isAwaited(job)) {
                job.registered(now);
            } else if (!over.contains(job.id())) {
                gone.add(job.id());
            }
        }
        awaits.registered(jobs, now - toldAnewMillis < TAKING_NOTE.toMillis());
    }

    private void failed(Set<Awaited> jobs, Set<JobId> noMore, Throwable error) {
        if (error instanceof StoreException e && !e.isPassing()) {
            calling = false;
            jobs.forEach(job -> awaits.failed(job, error));
            return;
        }
        if (!away) {
            away = true;
            log.warn("Failed to register awaited jobs, retrying: {}", ErrorText.firstLine(error));
        }
        gone.addAll(noMore);
        toAnnounce = true;
        for (Awaited job : jobs) {
            if (awaits.isAwaited(job)) {
                (job.isRegistered() ? old : fresh).add(job);
                beat = true;
            }
        }
        awaits.registered(jobs, false);
        scheduler.schedule(() -> events.happened(() -> calling = false), STORE_AWAY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
