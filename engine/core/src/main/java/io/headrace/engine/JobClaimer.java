package io.headrace.engine;

import io.headrace.Backoff;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobStore;
import io.headrace.spi.Suspicion;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The gate: turns demand into claims. What the subscriber requests, plus a bounded prefetch, is claimed; without demand
 * nothing is. While a claim is on its way demand gathers for the next, so claims grow with the load.
 *
 * <p>When nothing more is due it says that it waits, claims once more (a job may have come in between), then sleeps until
 * it is woken, a job it knows of falls due, or the poll interval has passed. No claim is made for a wake-up that comes
 * while one is on its way; it is remembered and answered by the next.
 *
 * <p>{@link #jobs()} has one subscriber. Everything that happens raises {@link #wip} and is dealt with by {@link #drain()},
 * on one thread at a time: the fields without a word of their own belong to it. Jobs are emitted on that thread, which may
 * be the driver's.
 */
final class JobClaimer {

    private static final Logger log = LoggerFactory.getLogger(JobClaimer.class);

    private static final int MOST_PER_CLAIM = 1_024;
    private static final int FIRST_POLL_PART = 16;
    private static final Backoff STORE_AWAY = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
            .jitter(0.2);

    private final Terms terms;
    private final JobStore store;
    private final LeaseBook book;
    private final Suspects suspects;
    private final JobSettler settler;
    private final Registration registration;
    private final Scheduler scheduler;
    private final LoopGuard guard;

    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger reserved = new AtomicInteger();
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final Disposable.Swap poll = Disposables.swap();
    private final Sinks.Empty<Void> emptied = Sinks.empty();
    private volatile boolean stopped;
    private volatile boolean resting;
    private volatile boolean saidWaiting;
    private volatile boolean idleSinceBeat;
    private volatile boolean paused;
    /** Nothing that is due is known of. */
    private volatile boolean quiet;
    /** How many jobs could run here at once while it is quiet. */
    private volatile int idleSlots;

    private final Shelf ready;
    private final Set<Suspicion> suspected = EnumSet.noneOf(Suspicion.class);
    private @Nullable FluxSink<LeasedJob> sink;
    /** For how many jobs a claim is on its way, 0 if none is. */
    private int claiming;

    private boolean due = true;
    private boolean overstocked;
    /** The claim before failed, perhaps over a payload: the next brings none. */
    private boolean withholding;

    private boolean ended;
    private int failures;
    private int failedReads;
    private Duration nextPoll;

    /**
     * What this claimer may take.
     *
     * @param queue from which queue
     * @param kinds of which kinds, and on which terms
     * @param prefetch how many jobs may wait here beyond what is requested
     * @param mostDelivered how many jobs may be emitted and not yet settled
     * @param mostLeased how many jobs may be leased and not yet settled in all
     * @param worthwhile for how many jobs a claim is made while others wait here
     * @param pollInterval how long it sleeps at most
     * @param shelfLife how long a job may wait here before it is handed back
     */
    record Terms(
            String queue,
            Map<String, ClaimRequest.Terms> kinds,
            int prefetch,
            int mostDelivered,
            int mostLeased,
            int worthwhile,
            Duration pollInterval,
            Duration shelfLife) {}

    JobClaimer(Terms terms, ClaimTools tools) {
        this.guard = tools.guard();
        this.terms = terms;
        this.store = tools.store();
        this.book = tools.book();
        this.suspects = tools.suspects();
        this.settler = tools.settler();
        this.registration = tools.registration();
        this.scheduler = tools.scheduler();
        this.ready = new Shelf(tools.budget(), tools.reader(), terms.kinds(), new OfShelf(), this::drain);
        this.nextPoll = terms.pollInterval().dividedBy(FIRST_POLL_PART);
    }

    String queue() {
        return terms.queue();
    }

    /** How many jobs it has leased that are not settled. */
    int leased() {
        return leased.get();
    }

    /** Whether its queue was paused at the last claim. Wake-ups say when that is over, and the poll finds it as well. */
    boolean isPaused() {
        return paused;
    }

    /** Leased jobs, as they are requested. Ends after {@link #stop()}; never errors. Cancelling is stopping. */
    Flux<LeasedJob> jobs() {
        return Flux.create(
                subscriber -> {
                    sink = subscriber;
                    subscriber.onCancel(this::stop);
                    subscriber.onRequest(n -> drain());
                    drain();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    /** There is something to claim, as far as somebody knows. */
    void wake() {
        wakes.incrementAndGet();
        drain();
    }

    /** Nobody knows of anything to claim. */
    private void look() {
        happened(() -> due = true);
    }

    /** Claims nothing more and hands back what waits here. */
    void stop() {
        stopped = true;
        poll.dispose();
        drain();
    }

    /** Completes when this has stopped and all that it leased is settled. */
    Mono<Void> emptied() {
        return emptied.asMono();
    }

    /** Slots for jobs on their way into the store, if they can run here at once. */
    @Nullable
    Reservation reserve(List<EncodedJob> jobs) {
        int wanted = jobs.size();
        if (idleSlots - reserved.get() < wanted) {
            return null;
        }
        ClaimRequest request = new ClaimRequest(registration.worker(), terms.queue(), terms.kinds(), wanted);
        long length = jobs.stream().mapToLong(EncodedJob::length).sum();
        if (!request.takes(jobs) || !ready.share().tryHold(length)) {
            return null;
        }
        int before = reserved.getAndAdd(wanted);
        // Looked at again: somebody else may have come first, or the end, which does not wait for what it did not see.
        if (idleSlots - before < wanted || stopped) {
            happened(() -> release(wanted, length));
            return null;
        }
        return new Slots(request, length);
    }

    private void release(int slots, long length) {
        reserved.addAndGet(-slots);
        ready.share().adjust(-length);
    }

    /** One of its jobs is settled; {@link #drain()} follows. */
    void settled(LeasedJob job) {
        suspects.leave(job.suspicion(), 1);
        ready.settled(job);
        delivered.decrementAndGet();
        leased.decrementAndGet();
    }

    /** Called after a heartbeat that told the store so or not: a wait that began while it was on its way is told anew. */
    void told(boolean waiting) {
        if (saidWaiting && !waiting) {
            saidWaiting = false;
            wake();
        }
    }

    /** Called with each heartbeat: hands back what has waited too long, and answers whether a wake-up is wanted. */
    boolean beat() {
        if (!idleSinceBeat) {
            saidWaiting = false;
        }
        idleSinceBeat = quiet;
        happened(this::handBackTheStale);
        return saidWaiting;
    }

    void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                take();
                ready.advance();
                emit();
                claim();
                offer();
                end();
            } catch (Throwable e) {
                // Left raised, the count would keep everybody out for ever.
                broke(e);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void take() {
        if (wakes.getAndSet(0) > 0) {
            due = true;
            quiet = false;
        }
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    private void happened(Runnable event) {
        try {
            events.add(event);
        } catch (Throwable e) {
            broke(e);
        }
        drain();
    }

    private void broke(Throwable error) {
        guard.broke("claiming from queue '" + terms.queue() + "'", error);
    }

    private void failed(Throwable error, Suspicion suspicion, int asked) {
        claiming = 0;
        withholding = true;
        ready.share().adjust(-asked * PayloadBudget.SHORT);
        suspects.leave(suspicion, asked);
        restAfter(++failures, "Claiming from", error);
    }

    private void restAfter(int inARow, String what, Throwable error) {
        Duration wait = STORE_AWAY.jittered(inARow);
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log(
                        "{} queue '{}' failed, trying again in {}: {}",
                        what,
                        terms.queue(),
                        wait,
                        ErrorText.firstLine(error));
        rest(wait);
    }

    private void claimed(Claim claim, Suspicion suspicion, int asked) {
        claiming = 0;
        withholding = false;
        failures = 0;
        int jobs = claim.jobs().size();
        shelve(claim.jobs(), suspicion, asked * PayloadBudget.SHORT);
        heedPause(claim.paused());
        suspects.leave(suspicion, asked - jobs);
        if (jobs > 0) {
            nextPoll = terms.pollInterval().dividedBy(FIRST_POLL_PART);
        }
        if (suspicion == Suspicion.NONE) {
            suspected.clear();
            suspected.addAll(claim.suspected());
            goOn(claim);
        } else if (jobs < asked) {
            suspected.remove(suspicion);
        }
    }

    /** What was fetched ahead of a pause goes back, and no wake-up is wanted for what comes: only the end of the pause. */
    private void heedPause(boolean now) {
        if (now && !paused) {
            log.info("Queue '{}' is paused", terms.queue());
        }
        paused = now;
        if (now) {
            saidWaiting = false;
            ready.takeAll().forEach(this::handBack);
        }
    }

    /** @param heldBytes of the budget, until it is known how much it is */
    private void shelve(List<ClaimedJob> jobs, Suspicion suspicion, long heldBytes) {
        long now = scheduler.now(TimeUnit.MILLISECONDS);
        List<LeasedJob> came = new ArrayList<>(jobs.size());
        for (ClaimedJob job : jobs) {
            came.add(new LeasedJob(job, book.hold(job.lease()), this, now, suspicion));
        }
        leased.addAndGet(jobs.size());
        ready.put(came, heldBytes);
    }

    private void goOn(Claim claim) {
        if (!claim.exhausted()) {
            due = true;
            // One that brought nothing did not look everywhere.
            quiet &= claim.jobs().isEmpty();
        } else if (!due && !stopped) {
            sleep(claim.nextDue());
        }
    }

    private void sleep(@Nullable Duration nextDue) {
        quiet = true;
        idleSinceBeat = true;
        if (!saidWaiting && !paused) {
            saidWaiting = true;
            store.workers()
                    .markWaiting(registration.worker(), terms.queue())
                    .subscribe(nothing -> {}, error -> saidWaiting = false, this::look);
        }
        double jitter = 1 + 0.1 * ThreadLocalRandom.current().nextDouble(-1, 1);
        Duration wait = Duration.ofNanos((long) (nextPoll.toNanos() * jitter));
        nextPoll = min(nextPoll.multipliedBy(2), terms.pollInterval());
        pollIn(nextDue == null ? wait : min(nextDue, wait));
    }

    /** The store is away: no wake-up makes it come back sooner. */
    private void rest(Duration wait) {
        resting = true;
        schedule(wait, () -> {
            resting = false;
            wake();
        });
    }

    private void pollIn(Duration wait) {
        schedule(wait, this::look);
    }

    private void schedule(Duration wait, Runnable action) {
        if (!stopped) {
            poll.update(scheduler.schedule(action, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS));
        }
    }

    private void emit() {
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber == null) {
            return;
        }
        // Cancelling is stopping, and may happen in the middle of this.
        while (!subscriber.isCancelled()
                && !stopped
                && !ready.isEmpty()
                && delivered.get() < terms.mostDelivered()
                && subscriber.requestedFromDownstream() > 0) {
            overstocked = false;
            delivered.incrementAndGet();
            subscriber.next(ready.next());
        }
        if (stopped) {
            ready.takeAll().forEach(this::handBack);
        }
    }

    private void claim() {
        FluxSink<LeasedJob> subscriber = sink;
        if (stopped || claiming > 0 || resting || ready.isStarved() || subscriber == null) {
            return;
        }
        int wanted = room(subscriber.requestedFromDownstream());
        int room = wanted <= 0 ? 0 : ready.share().fit(wanted);
        if (room <= 0) {
            return;
        }
        for (Suspicion suspicion : suspected) {
            int share = suspects.admit(suspicion, room);
            if (share > 0) {
                claim(suspicion, share);
                return;
            }
        }
        // While something waits here nobody starves: gather demand for a claim that is worth its round trip.
        boolean worthIt = ready.isEmpty() || room >= terms.worthwhile();
        if (due && worthIt) {
            due = false;
            claim(Suspicion.NONE, room);
        }
    }

    private void claim(Suspicion suspicion, int jobs) {
        claiming = jobs;
        ready.share().adjust(jobs * PayloadBudget.SHORT);
        store.leases()
                .claim(new ClaimRequest(
                        registration.worker(), terms.queue(), terms.kinds(), jobs, suspicion, withholding))
                .subscribe(
                        claim -> happened(() -> claimed(claim, suspicion, jobs)),
                        error -> happened(() -> failed(error, suspicion, jobs)));
    }

    private int room(long requested) {
        return slots(requested, overstocked ? 0 : terms.prefetch()) - reserved.get();
    }

    private int slots(long requested, int prefetch) {
        long deliverable = Math.min(requested, terms.mostDelivered() - delivered.get());
        long wanted = deliverable + prefetch - ready.size();
        return (int) Math.min(Math.min(wanted, terms.mostLeased() - leased.get() - claiming), MOST_PER_CLAIM);
    }

    /**
     * Says how many jobs can be claimed as they are enqueued. A claim on its way may be for the same slots:
     * one made while all is quiet seldom brings anything, and if it does, some jobs wait here for a slot.
     */
    private void offer() {
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber != null) {
            boolean offered = quiet && !stopped && !resting && !paused && suspected.isEmpty();
            idleSlots = offered ? slots(subscriber.requestedFromDownstream(), 0) : 0;
        }
    }

    /** Nothing is fetched ahead again until one that waited here has been taken. */
    private void handBackTheStale() {
        long oldest = scheduler.now(TimeUnit.MILLISECONDS) - terms.shelfLife().toMillis();
        for (LeasedJob job : ready.takeOlder(oldest)) {
            overstocked = true;
            handBack(job);
            due = true;
        }
    }

    private void handBack(LeasedJob job) {
        end(job, Verdict.Released.INSTANCE);
    }

    /** Ends what no handler has seen. */
    private void end(LeasedJob job, Verdict verdict) {
        delivered.incrementAndGet();
        if (job.lease().hasLost(job.job().id())) {
            settler.forget(job);
        } else {
            settler.settle(job, verdict);
        }
    }

    private void end() {
        if (!stopped || ended || claiming > 0 || reserved.get() > 0) {
            return;
        }
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber != null && ready.isEmpty()) {
            subscriber.complete();
        }
        if (leased.get() == 0) {
            ended = true;
            emptied.tryEmitEmpty();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private final class Slots implements Reservation {

        private final ClaimRequest request;
        private final long length;

        Slots(ClaimRequest request, long length) {
            this.request = request;
            this.length = length;
        }

        @Override
        public ClaimRequest request() {
            return request;
        }

        @Override
        public void end(List<ClaimedJob> claimed) {
            happened(() -> {
                reserved.addAndGet(-request.limit());
                shelve(claimed, Suspicion.NONE, length);
            });
        }
    }

    private final class OfShelf implements Shelf.Claimer {

        @Override
        public void happened(Runnable event) {
            JobClaimer.this.happened(event);
        }

        @Override
        public void end(LeasedJob job, Verdict verdict) {
            JobClaimer.this.end(job, verdict);
        }

        @Override
        public void readable() {
            failedReads = 0;
        }

        @Override
        public void unreadable(List<LeasedJob> jobs, Throwable error) {
            jobs.forEach(JobClaimer.this::handBack);
            if (!resting) {
                restAfter(++failedReads, "Reading payloads of", error);
            }
        }
    }
}
