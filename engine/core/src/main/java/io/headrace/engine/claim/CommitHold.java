package io.headrace.engine.claim;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots held for jobs that are leased in a caller's transaction, from before the statement until the commit is reported, and for
 * a bounded time. A commit that is reported later hands the leases back. Claims may take the slots meanwhile: then the jobs wait
 * for others with their commit. Thread-safe.
 *
 * <p>No handler starts unless {@link #committed()} is called: until then the leases may be rolled back, and no other session
 * sees them.
 */
public final class CommitHold {

    private final CommitHolds holds;
    private final long untilMillis;
    private @Nullable Reservation reservation;
    private final ClaimRequest request;
    private @Nullable List<ClaimedJob> claimed;
    private boolean committed;
    private boolean ended;

    CommitHold(CommitHolds holds, Reservation reservation, long untilMillis) {
        this.holds = holds;
        this.reservation = reservation;
        this.request = reservation.request();
        this.untilMillis = untilMillis;
    }

    /** The request that the statement leases jobs with. */
    public ClaimRequest request() {
        return request;
    }

    /**
     * The statement was answered.
     *
     * @param jobs the jobs that it leased; none if they are pending
     */
    public void answered(List<ClaimedJob> jobs) {
        synchronized (this) {
            if (!committed && !jobs.isEmpty()) {
                claimed = ended ? null : jobs;
                return;
            }
        }
        if (jobs.isEmpty()) {
            giveBack();
        } else {
            // The caller did not wait for this answer.
            holds.handBack(request, jobs);
        }
    }

    /** The statement failed, as far as is known: nothing is leased. */
    public void failed() {
        giveBack();
    }

    /** The transaction was committed: starts the leased jobs, or hands them back if the slots are gone. */
    public void committed() {
        List<ClaimedJob> jobs;
        Reservation held;
        synchronized (this) {
            if (committed || ended) {
                return;
            }
            committed = true;
            jobs = claimed;
            held = take();
            claimed = null;
        }
        // The timer itself may be late, for instance after the process was suspended.
        boolean inTime = held != null && holds.now() < untilMillis;
        if (held != null) {
            held.end(inTime && jobs != null ? jobs : List.of());
        }
        if (jobs == null) {
            holds.wake(request.queue());
        } else if (!inTime) {
            holds.handBack(request, jobs);
        }
    }

    /** The transaction has ended, and is not known to be committed. */
    public void rolledBack() {
        synchronized (this) {
            ended = true;
            claimed = null;
        }
        giveBack();
    }

    /** Gives the slots back. The leases, if there are any, wait for the commit. */
    void giveBack() {
        Reservation held;
        synchronized (this) {
            held = take();
        }
        if (held != null) {
            held.end(List.of());
        }
    }

    private @Nullable Reservation take() {
        Reservation held = reservation;
        reservation = null;
        return held;
    }

    synchronized boolean isHeld() {
        return reservation != null;
    }

    long untilMillis() {
        return untilMillis;
    }
}
