package io.headrace.engine.upkeep;

import io.headrace.JobId;
import io.headrace.engine.claim.Claimers;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.observed.Outage;
import io.headrace.observe.JobObserver;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Says that this engine is alive, and learns which of its leases are gone and which of its jobs were cancelled: their handlers
 * are cancelled. One statement on one row, however many jobs are in flight.
 *
 * <p>One heartbeat is on its way at a time. Whoever asks for one meanwhile shares the next with all others who do, and none is
 * given up before its answer is heeded. The store repeats a cancellation until a heartbeat says that it was heeded, so an answer
 * that is lost costs time and nothing else. The answer also tells the sweeper when there is something to sweep.
 */
public final class Heartbeat {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private static final String LOOP = "the heartbeat";

    private static final int NONE = 0;
    private static final int ONE_AND_ANOTHER = 2;

    private final WorkerRegistry workers;
    private final Registration registration;
    private final StoreContact contact;
    private final LeaseBook book;
    private final Claimers claimers;
    private final LeaseSweeper sweeper;
    private final Duration interval;
    private final Scheduler scheduler;
    private final JobObserver observer;
    private final LoopGuard guard;
    private final Disposable.Swap beats = Disposables.swap();
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private final Set<Long> heeded = ConcurrentHashMap.newKeySet();
    private final long beatsPerExpiry;

    /** How many are wanted: none, the one on its way, or another after it. */
    private final AtomicInteger wanted = new AtomicInteger(NONE);

    private volatile boolean beatIsDue;
    private volatile Set<String> lastIdle = Set.of();

    public Heartbeat(
            WorkerRegistry workers,
            Registration registration,
            StoreContact contact,
            LeaseBook book,
            Claimers claimers,
            LeaseSweeper sweeper,
            Duration interval,
            Scheduler scheduler,
            JobObserver observer,
            LoopGuard guard) {
        this.workers = workers;
        this.registration = registration;
        this.contact = contact;
        this.book = book;
        this.claimers = claimers;
        this.sweeper = sweeper;
        this.interval = interval;
        this.scheduler = scheduler;
        this.observer = observer;
        this.guard = guard;
        this.beatsPerExpiry = registration.expiry().dividedBy(interval) + 1;
    }

    void start() {
        beats.update(Flux.interval(interval, scheduler)
                .subscribe(number -> guard.run(LOOP, () -> beat(number)), error -> guard.broke(LOOP, error)));
    }

    /** Asks out of turn what the store has to tell. */
    void askNow() {
        if (wanted.getAndUpdate(count -> Math.min(count + 1, ONE_AND_ANOTHER)) == NONE) {
            guard.defer(LOOP, this::speak)
                    .onErrorResume(this::failed)
                    .repeat(() -> wanted.decrementAndGet() > NONE)
                    .takeUntilOther(stopped.asMono())
                    .subscribe(nothing -> {}, error -> guard.broke(LOOP, error));
        }
    }

    void stop() {
        beats.dispose();
        stopped.tryEmitEmpty();
    }

    private void beat(long number) {
        beatIsDue = true;
        if (number % beatsPerExpiry == 0) {
            book.forgetCancellations();
        }
        askNow();
    }

    private Mono<Void> speak() {
        if (beatIsDue) {
            beatIsDue = false;
            lastIdle = claimers.beat();
        }
        HeartbeatRequest request = new HeartbeatRequest(
                registration.worker(),
                registration.expiry(),
                book.ids(),
                lastIdle,
                heeded,
                contact.mayHaveBroken(),
                sweeper.asks());
        return workers.heartbeat(request).flatMap(reply -> guard.defer(LOOP, () -> heed(reply, request)));
    }

    private Mono<Void> failed(Throwable error) {
        contact.broke();
        claimers.doubt();
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log("A heartbeat failed, retrying in {}: {}", interval, ErrorText.firstLine(error));
        return Mono.empty();
    }

    private Mono<Void> heed(HeartbeatReply reply, HeartbeatRequest request) {
        heeded.removeAll(request.heeded());
        if (!reply.known()) {
            log.warn(
                    "Worker {} was silent for too long: its {} leases were taken over, and their handlers are cancelled."
                            + " Registering anew",
                    registration.workerText(),
                    request.leases().size());
            lose(request.leases());
            heeded.clear();
            return registration.registerAnew().doOnSuccess(nothing -> claimers.wake());
        }
        // First: a lease all of whose jobs were cancelled is gone as well, and nothing is wrong with that.
        cancel(reply.cancelled());
        Set<Long> lost = book.atWork(reply.lost());
        if (!lost.isEmpty()) {
            log.warn("{} leases were taken over by other workers; their handlers are cancelled", lost.size());
            lose(lost);
        }
        claimers.told(request.idleQueues());
        contact.heard();
        if (request.asksForSweep()) {
            sweeper.told(reply.sweepIn());
        }
        return Mono.empty();
    }

    private void cancel(Set<Long> jobs) {
        if (!jobs.isEmpty()) {
            log.info(
                    "{} jobs that run here were cancelled, the first is {}",
                    jobs.size(),
                    new JobId(jobs.iterator().next()));
            book.cancel(jobs);
            heeded.addAll(jobs);
        }
    }

    private void lose(Set<Long> leases) {
        if (!leases.isEmpty()) {
            observer.leasesLost(leases.size());
        }
        book.lose(leases);
    }
}
