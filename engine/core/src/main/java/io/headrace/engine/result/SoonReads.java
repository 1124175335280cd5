package io.headrace.engine.result;

import io.headrace.engine.flush.SerialEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Reads that nobody has announced: one soon after jobs were registered, for settlements that were on their way, and while
 * announcements are not heard, further ones less and less often. Belongs to the events of {@link Awaits}.
 */
final class SoonReads {

    private static final Duration SOON = Duration.ofMillis(15);

    private final Scheduler scheduler;
    private final SerialEvents events;
    private final Awaits awaits;
    private final Duration longest;
    private final Disposable.Swap timer = Disposables.swap();

    private Set<Awaited> soon = new LinkedHashSet<>();
    /** They came too late to be read with those. */
    private Set<Awaited> later = new LinkedHashSet<>();

    private boolean hears;
    private Duration delay = SOON;

    /**
     * None yet.
     *
     * @param longest the longest time between two reads
     */
    SoonReads(Scheduler scheduler, SerialEvents events, Awaits awaits, Duration longest) {
        this.scheduler = scheduler;
        this.events = events;
        this.awaits = awaits;
        this.longest = longest;
    }

    /** From now on announcements are heard, or are not. */
    void hears(boolean areHeard) {
        hears = areHeard;
        if (!areHeard) {
            add(awaits.all(), false);
        }
    }

    boolean hears() {
        return hears;
    }

    /**
     * Jobs have been registered.
     *
     * @param early whether they are to be read soon even if announcements are heard
     */
    void add(Collection<Awaited> jobs, boolean early) {
        if (jobs.isEmpty() || (hears && !early)) {
            return;
        }
        later.addAll(jobs);
        if (soon.isEmpty()) {
            begin();
        }
    }

    void drop(Awaited job) {
        soon.remove(job);
        later.remove(job);
    }

    private void begin() {
        soon = later;
        later = new LinkedHashSet<>();
        delay = SOON;
        start();
    }

    private void start() {
        timer.update(scheduler.schedule(() -> events.happened(this::read), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void read() {
        List<Awaited> now = new ArrayList<>(hears ? soon : awaits.all());
        soon = new LinkedHashSet<>();
        now.forEach(awaits::mayHaveEnded);
        if (!later.isEmpty()) {
            begin();
        } else if (!hears && !now.isEmpty()) {
            delay = min(delay.multipliedBy(2), longest);
            start();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
