package io.headrace.engine;

import io.headrace.JobId;
import io.headrace.observe.JobObserver;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Says that this engine is alive, and learns which of its leases are gone: their handlers are cancelled. One statement on
 * one row, however many jobs are in flight.
 */
final class Heartbeat {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private static final String LOOP = "the heartbeat";

    private final JobStore store;
    private final Registration registration;
    private final LeaseBook book;
    private final Collection<JobClaimer> claimers;
    private final Duration interval;
    private final Scheduler scheduler;
    private final JobObserver observer;
    private final LoopGuard guard;
    private final Disposable.Swap beats = Disposables.swap();
    private final Disposable.Swap asking = Disposables.swap();
    private volatile Set<String> lastWaiting = Set.of();

    Heartbeat(
            JobStore store,
            Registration registration,
            LeaseBook book,
            Collection<JobClaimer> claimers,
            Duration interval,
            Scheduler scheduler,
            JobObserver observer,
            LoopGuard guard) {
        this.guard = guard;
        this.store = store;
        this.registration = registration;
        this.book = book;
        this.claimers = claimers;
        this.interval = interval;
        this.scheduler = scheduler;
        this.observer = observer;
    }

    void start() {
        beats.update(Flux.interval(interval, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> beat(), 1)
                .subscribe(nothing -> {}, error -> guard.broke(LOOP, error)));
    }

    /** Asks out of turn what the store has to tell. */
    void askNow() {
        asking.update(tell(lastWaiting).subscribe(nothing -> {}, error -> guard.broke(LOOP, error)));
    }

    void stop() {
        beats.dispose();
        asking.dispose();
    }

    private Mono<Void> beat() {
        return guard.defer(LOOP, () -> {
            lastWaiting = claimers.stream()
                    .filter(JobClaimer::beat)
                    .map(JobClaimer::queue)
                    .collect(Collectors.toUnmodifiableSet());
            return tell(lastWaiting);
        });
    }

    private Mono<Void> tell(Set<String> waiting) {
        return guard.defer(LOOP, () -> {
                    Set<Long> leases = book.ids();
                    return store.heartbeat(registration.worker(), registration.expiry(), leases, waiting)
                            .flatMap(reply -> guard.defer(LOOP, () -> heed(reply, leases, waiting)));
                })
                .onErrorResume(error -> {
                    log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                            .log(
                                    "A heartbeat failed, the next one follows in {}: {}",
                                    interval,
                                    ErrorText.firstLine(error));
                    return Mono.empty();
                });
    }

    private Mono<Void> heed(HeartbeatReply reply, Set<Long> leases, Set<String> waiting) {
        registration.heard(scheduler);
        if (!reply.known()) {
            log.warn(
                    "Worker {} was silent for too long: its {} leases went to others, and their handlers are cancelled."
                            + " Registering anew",
                    registration.worker(),
                    leases.size());
            lose(leases);
            return registration.register(scheduler).doOnSuccess(nothing -> claimers.forEach(JobClaimer::wake));
        }
        // First: a lease all of whose jobs were cancelled is gone as well, and nothing is wrong with that.
        cancel(reply.cancelled());
        Set<Long> lost = book.atWork(reply.lost());
        if (!lost.isEmpty()) {
            log.warn("{} leases went to others: the handlers of their jobs are cancelled here", lost.size());
            lose(lost);
        }
        claimers.forEach(claimer -> claimer.told(waiting.contains(claimer.queue())));
        return Mono.empty();
    }

    private void cancel(Set<Long> jobs) {
        if (!jobs.isEmpty()) {
            log.info(
                    "Cancelled while running here: {} jobs, the first is {}",
                    jobs.size(),
                    new JobId(jobs.iterator().next()));
            book.cancel(jobs);
        }
    }

    private void lose(Set<Long> leases) {
        if (!leases.isEmpty()) {
            observer.leasesLost(leases.size());
        }
        book.lose(leases);
    }
}
