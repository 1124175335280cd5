package io.headrace.engine.claim;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.Suspicion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known to be due, and the claims that are made for it: one on its way at a time, those for suspects first. A wake-up
 * that comes meanwhile is remembered and answered by the next. Belongs to the claimer's loop, save what is said to be for any
 * thread.
 *
 * <p>While there is a backlog and demand for many jobs, a second claim is on its way, so that the store works on one while the
 * jobs of the other are read and started. Neither sees what the other holds, so the last to be answered says whether more is due.
 */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    private static final int MOST_TRIPS = 2;

    /** For how many jobs a second claim is made: at fewer, the round trip costs the store more than it saves here. */
    private static final int WORTH_A_SECOND = 256;

    private final ClaimTerms terms;
    private final ClaimTools tools;
    private final Demand demand;
    private final Shelf ready;
    private final QueueSleep sleep;
    private final Claimer claimer;
    private final Set<Suspicion> suspected = EnumSet.noneOf(Suspicion.class);
    private volatile boolean paused;
    /** Nothing that is due is known of. */
    private volatile boolean quiet;

    private boolean due = true;
    /** The claim before brought all that it asked for, and there was more. */
    private boolean backlog;
    /** The claim before failed, perhaps over a payload: the next brings none. */
    private boolean withholding;

    private int failures;
    private int onTheirWay;

    /** A claim on its way. */
    private record Trip(Suspicion suspicion, int jobs, boolean withholding) {}

    /** For whom claims are made. */
    interface Claimer {

        /** Does something in its loop. */
        void happened(Runnable event);

        /**
         * Takes jobs that are leased.
         *
         * @param heldBytes of the budget, until it is known how much it is
         */
        void shelve(List<ClaimedJob> jobs, Suspicion suspicion, long heldBytes);

        /** Hands back what waits for a handler. */
        void handBackAll();
    }

    Claims(ClaimTerms terms, ClaimTools tools, Demand demand, Shelf ready, QueueSleep sleep, Claimer claimer) {
        this.terms = terms;
        this.tools = tools;
        this.demand = demand;
        this.ready = ready;
        this.sleep = sleep;
        this.claimer = claimer;
    }

    /** Whether the queue was paused at the last claim; for any thread. */
    boolean isPaused() {
        return paused;
    }

    /** Whether nothing due is known of; for any thread. */
    boolean isQuiet() {
        return quiet;
    }

    /** Whether what is enqueued here would be the next to run. */
    boolean nothingComesFirst() {
        return quiet && !sleep.isResting() && !paused && suspected.isEmpty();
    }

    /** There is something to claim, as far as somebody knows. */
    void woken() {
        lookAgain();
        quiet = false;
    }

    /** There may be something to claim. */
    void lookAgain() {
        due = true;
        sleep.end();
    }

    /** A poll has come back. It says nothing new to a claimer that has woken up in the meantime. */
    void polled(PollAnswer answer) {
        if (!sleep.isAsleep()) {
            return;
        }
        if (answer.due() || paused != answer.paused()) {
            lookAgain();
        } else {
            sleep.wakeIn(answer.nextDue());
        }
    }

    /** @param wanted for how many jobs there is demand */
    void make(int wanted) {
        if (wanted < fewest() || sleep.isResting() || ready.isStarved()) {
            return;
        }
        int room = ready.share().fit(wanted);
        if (room < fewest()) {
            return;
        }
        for (Suspicion suspicion : suspected) {
            int share = tools.suspects().admit(suspicion, room);
            if (share > 0) {
                make(new Trip(suspicion, share, withholding));
                return;
            }
        }
        // While something waits here nobody starves: gather demand for a claim that is worth its round trip.
        boolean worthIt = ready.isEmpty() || room >= terms.worthwhile();
        if ((due || onTheirWay > 0) && worthIt) {
            due = false;
            sleep.announcedIsDue();
            make(new Trip(Suspicion.NONE, room, withholding));
        }
    }

    /** For how many jobs a claim may be made now. */
    private int fewest() {
        if (onTheirWay == 0) {
            return 1;
        }
        boolean second = backlog && suspected.isEmpty() && onTheirWay < MOST_TRIPS;
        return second ? WORTH_A_SECOND : Integer.MAX_VALUE;
    }

    private void make(Trip trip) {
        onTheirWay++;
        demand.claims(trip.jobs());
        ready.share().adjust(trip.jobs() * PayloadBudget.SHORT);
        long worker = tools.worker().getAsLong();
        tools.claims()
                .claim(
                        new ClaimRequest(
                                worker,
                                terms.queue(),
                                terms.kinds(),
                                trip.jobs(),
                                trip.suspicion(),
                                trip.withholding()),
                        claim -> claimer.happened(() -> made(claim, trip)),
                        error -> claimer.happened(() -> failed(error, trip)));
    }

    private void failed(Throwable error, Trip trip) {
        ended(trip);
        withholding = true;
        backlog = false;
        ready.share().adjust(-trip.jobs() * PayloadBudget.SHORT);
        tools.suspects().leave(trip.suspicion(), trip.jobs());
        sleep.rest(++failures, "Claiming from", error);
    }

    private void ended(Trip trip) {
        onTheirWay--;
        demand.claimed(trip.jobs());
    }

    private void made(Claim claim, Trip trip) {
        ended(trip);
        // Not if it was on its way already when another failed.
        withholding &= !trip.withholding();
        failures = 0;
        int jobs = claim.jobs().size();
        claimer.shelve(claim.jobs(), trip.suspicion(), trip.jobs() * PayloadBudget.SHORT);
        heedPause(claim.paused());
        tools.suspects().leave(trip.suspicion(), trip.jobs() - jobs);
        if (jobs > 0) {
            sleep.pollSoon();
        }
        if (trip.suspicion() == Suspicion.NONE) {
            suspected.clear();
            suspected.addAll(claim.suspected());
            backlog = jobs == trip.jobs() && !claim.exhausted();
            goOn(claim);
        } else if (jobs < trip.jobs()) {
            suspected.remove(trip.suspicion());
        }
    }

    /** What was fetched ahead of a pause goes back, and no wake-up is wanted for what comes: only the end of the pause. */
    private void heedPause(boolean now) {
        if (now && !paused) {
            log.info("Queue '{}' is paused", terms.queue());
        }
        paused = now;
        if (now) {
            sleep.waitNoLonger();
            claimer.handBackAll();
        }
    }

    private void goOn(Claim claim) {
        if (!claim.exhausted()) {
            due = true;
            // One that brought nothing did not look everywhere.
            quiet &= claim.jobs().isEmpty();
        } else if (!due && onTheirWay == 0) {
            quiet = true;
            sleep.begin(claim.nextDue(), !paused);
        }
    }
}
