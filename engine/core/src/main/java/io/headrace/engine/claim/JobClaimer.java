package io.headrace.engine.claim;

import io.headrace.engine.lease.LeaseHolder;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.Suspicion;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The gate: turns demand into claims. What the subscriber requests, plus a bounded prefetch, is claimed; without demand
 * nothing is. While a claim is on its way demand gathers for the next, so claims grow with the load.
 *
 * <p>Its parts: {@link Demand} says how many jobs may be leased, {@link Claims} makes the claims, {@link Shelf} keeps what they
 * bring until it is requested, {@link QueueSleep} is what happens when nothing more is due, and {@link IdleSlots} lets this
 * process lease what it enqueues meanwhile. {@link #jobs()} has one subscriber. Everything that happens is dealt with by {@link #step()}, on one thread at a time: the
 * fields without a word of their own belong to it. Jobs are emitted on that thread, which may be the driver's.
 */
public final class JobClaimer implements LeaseHolder {

    private final ClaimTerms terms;
    private final ClaimTools tools;
    private final SerialLoop loop;
    private final Runnable leaseMore;
    private final Demand demand;
    private final Shelf ready;
    private final UnseenJobs unseen;
    private final IdleSlots idleSlots;
    private final QueueSleep sleep;
    private final Claims claims;
    private final AtomicInteger wakes = new AtomicInteger();
    private final Sinks.Empty<Void> emptied = Sinks.empty();
    private volatile boolean stopped;
    private @Nullable FluxSink<LeasedJob> sink;
    private boolean ended;
    private int failedReads;

    JobClaimer(ClaimTerms terms, ClaimTools tools) {
        this.terms = terms;
        this.tools = tools;
        this.loop = new SerialLoop(
                this::step, error -> tools.guard().broke("claiming from queue '" + terms.queue() + "'", error));
        this.leaseMore = loop::run;
        this.demand = new Demand(terms);
        Inside inside = new Inside();
        this.ready = new Shelf(tools.budget(), tools.reader(), terms.kinds(), inside, leaseMore);
        this.unseen = new UnseenJobs(terms, tools, demand, ready);
        this.idleSlots = new IdleSlots(terms, tools.worker(), ready.share(), inside);
        this.sleep = new QueueSleep(terms, tools, inside);
        this.claims = new Claims(terms, tools, demand, ready, sleep, inside);
    }

    @Override
    public String queue() {
        return terms.queue();
    }

    /** How many jobs it has leased that are not settled. */
    int leased() {
        return demand.leased();
    }

    /** Whether its queue was paused at the last claim. Wake-ups say when that is over, and the poll finds it as well. */
    boolean isPaused() {
        return claims.isPaused();
    }

    /** Leased jobs, as they are requested. Ends after {@link #stop()}; never errors. Cancelling is stopping. */
    public Flux<LeasedJob> jobs() {
        return Flux.create(
                subscriber -> {
                    sink = subscriber;
                    subscriber.onCancel(this::stop);
                    subscriber.onRequest(n -> loop.run());
                    loop.run();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    /** Emitted jobs may wait there for others. Said before any is emitted. */
    public void emitsTo(EmittedJobs jobs) {
        unseen.mayWaitAt(jobs);
    }

    /** There is something to claim, as far as somebody knows. */
    void wake() {
        wakes.incrementAndGet();
        loop.run();
    }

    @Override
    public void dueIn(Duration delay) {
        loop.happened(() -> sleep.announced(delay));
    }

    /** Claims nothing more and hands back what waits here. */
    public void stop() {
        stopped = true;
        sleep.stop();
        loop.run();
    }

    /** Completes when this has stopped and all that it leased is settled. */
    public Mono<Void> emptied() {
        return emptied.asMono();
    }

    /** Slots for jobs on their way into the store, if they can run here at once. */
    @Nullable
    Reservation reserve(List<EncodedJob> jobs, boolean untilCommit) {
        return idleSlots.reserve(jobs, untilCommit);
    }

    @Override
    public Runnable settled(List<LeasedJob> jobs) {
        for (LeasedJob job : jobs) {
            tools.suspects().leave(job.suspicion(), 1);
            ready.settled(job);
            demand.settled();
        }
        return leaseMore;
    }

    /** Called after a heartbeat that told the store so or not: a wait that began while it was on its way is told anew. */
    void told(boolean idle) {
        sleep.told(idle);
    }

    /** Called with each heartbeat: hands back what has waited too long, and answers whether a wake-up is wanted. */
    boolean beat() {
        sleep.beat(claims::isQuiet);
        loop.happened(this::handBackTheStale);
        return sleep.isWaiting();
    }

    private void step() {
        if (wakes.getAndSet(0) > 0) {
            claims.woken();
        }
        loop.dealWithEvents();
        ready.advance();
        // At once, so that the store works while the jobs here are started; and for what they leave free.
        claim();
        emit();
        claim();
        offer();
        end();
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
                && demand.mayDeliver()
                && subscriber.requestedFromDownstream() > 0) {
            demand.delivers();
            subscriber.next(ready.next());
        }
        unseen.allCame();
        if (stopped) {
            unseen.handBackAll();
        }
    }

    private void claim() {
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber != null && !stopped) {
            int room = demand.room(subscriber.requestedFromDownstream(), ready.size()) - idleSlots.reserved();
            claims.make(Math.min(room, demand.unleased() - idleSlots.taken()));
        }
    }

    /** @param heldBytes of the budget, until it is known how much it is */
    private void shelve(List<ClaimedJob> jobs, Suspicion suspicion, long heldBytes) {
        long now = tools.scheduler().now(TimeUnit.MILLISECONDS);
        List<LeasedJob> came = new ArrayList<>(jobs.size());
        for (ClaimedJob job : jobs) {
            came.add(new LeasedJob(job, tools.book().hold(job.lease()), this, now, suspicion));
        }
        demand.leased(jobs.size());
        ready.put(came, heldBytes);
    }

    /**
     * Says how many jobs can be claimed as they are enqueued. A claim on its way may be for the same slots:
     * one made while all is quiet seldom brings anything, and if it does, some jobs wait here for a slot.
     */
    private void offer() {
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber != null) {
            boolean offered = !stopped && claims.nothingComesFirst();
            idleSlots.offer(offered ? demand.slots(subscriber.requestedFromDownstream(), ready.size()) : 0);
        }
    }

    private void handBackTheStale() {
        if (unseen.handBackTheStale()) {
            claims.lookAgain();
        }
    }

    private void end() {
        if (!stopped || ended || demand.isClaiming() || idleSlots.taken() > 0) {
            return;
        }
        FluxSink<LeasedJob> subscriber = sink;
        if (subscriber != null && ready.isEmpty()) {
            subscriber.complete();
        }
        if (demand.leased() == 0) {
            ended = true;
            emptied.tryEmitEmpty();
        }
    }

    /** What its parts ask of it. */
    private final class Inside implements Shelf.Claimer, IdleSlots.Claimer, QueueSleep.Claimer, Claims.Claimer {

        @Override
        public void happened(Runnable event) {
            loop.happened(event);
        }

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public void look() {
            loop.happened(claims::lookAgain);
        }

        @Override
        public void wake() {
            JobClaimer.this.wake();
        }

        @Override
        public void polled(PollAnswer answer) {
            loop.happened(() -> claims.polled(answer));
        }

        @Override
        public void shelve(List<ClaimedJob> jobs, long heldBytes) {
            shelve(jobs, Suspicion.NONE, heldBytes);
            if (claims.isPaused()) {
                // Paused since they were leased.
                unseen.handBackAll();
            }
        }

        @Override
        public void shelve(List<ClaimedJob> jobs, Suspicion suspicion, long heldBytes) {
            JobClaimer.this.shelve(jobs, suspicion, heldBytes);
        }

        @Override
        public void handBackAll() {
            unseen.handBackAll();
        }

        @Override
        public void end(LeasedJob job, Verdict verdict) {
            unseen.end(job, verdict);
        }

        @Override
        public void readable() {
            failedReads = 0;
        }

        @Override
        public void unreadable(List<LeasedJob> jobs, Throwable error) {
            jobs.forEach(unseen::handBack);
            if (!sleep.isResting()) {
                sleep.rest(++failedReads, "Reading payloads of", error);
            }
        }
    }
}
