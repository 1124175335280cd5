package io.headrace.engine.claim;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slots that are free while nothing is due: what this process enqueues is leased for them as it is enqueued, without a claim.
 * Reserved on any thread; the claimer says how many there are.
 */
final class IdleSlots {

    private final ClaimTerms terms;
    private final LongSupplier worker;
    private final PayloadBudget.Share share;
    private final Claimer claimer;
    private final AtomicInteger taken = new AtomicInteger();
    /** Of those, the ones that are held for a commit. */
    private final AtomicInteger held = new AtomicInteger();

    private volatile int offered;

    /** Whose slots they are. */
    interface Claimer {

        boolean isStopped();

        /** Does something in its loop. */
        void happened(Runnable event);

        /**
         * Takes jobs that are leased.
         *
         * @param heldBytes of the budget, until it is known how much it is
         */
        void shelve(List<ClaimedJob> jobs, long heldBytes);
    }

    IdleSlots(ClaimTerms terms, LongSupplier worker, PayloadBudget.Share share, Claimer claimer) {
        this.terms = terms;
        this.worker = worker;
        this.share = share;
        this.claimer = claimer;
    }

    /** How many jobs can be claimed as they are enqueued. */
    void offer(int slots) {
        offered = slots;
    }

    int taken() {
        return taken.get();
    }

    /**
     * How many a claim must leave free: not those that are held for a commit, which may be far. If a claim takes them, the jobs
     * of the commit wait here as if they had been fetched ahead.
     */
    int reserved() {
        return taken.get() - held.get();
    }

    /**
     * Slots for jobs on their way into the store, if they can run here at once.
     *
     * @param untilCommit whether they are held until the transaction that enqueues the jobs is committed
     */
    @Nullable
    Reservation reserve(List<EncodedJob> jobs, boolean untilCommit) {
        int wanted = jobs.size();
        if (offered - taken.get() < wanted || !jobs.get(0).queue().equals(terms.queue())) {
            return null;
        }
        ClaimRequest request = new ClaimRequest(worker.getAsLong(), terms.queue(), terms.kinds(), wanted);
        long length = 0;
        for (EncodedJob job : jobs) {
            length += job.length();
        }
        if (!request.takes(jobs) || !share.tryHold(length)) {
            return null;
        }
        Slots slots = new Slots(request, length, untilCommit);
        int before = taken.getAndAdd(wanted);
        if (untilCommit) {
            held.addAndGet(wanted);
        }
        // Looked at again: somebody else may have come first, or the end, which does not wait for what it did not see.
        if (offered - before < wanted || claimer.isStopped()) {
            claimer.happened(slots::giveBack);
            return null;
        }
        return slots;
    }

    private final class Slots implements Reservation {

        private final ClaimRequest request;
        private final long length;
        private final boolean untilCommit;

        Slots(ClaimRequest request, long length, boolean untilCommit) {
            this.request = request;
            this.length = length;
            this.untilCommit = untilCommit;
        }

        @Override
        public ClaimRequest request() {
            return request;
        }

        @Override
        public void end(List<ClaimedJob> claimed) {
            claimer.happened(() -> {
                free();
                claimer.shelve(claimed, length);
            });
        }

        private void giveBack() {
            free();
            share.adjust(-length);
        }

        private void free() {
            if (untilCommit) {
                held.addAndGet(-request.limit());
            }
            taken.addAndGet(-request.limit());
        }
    }
}
