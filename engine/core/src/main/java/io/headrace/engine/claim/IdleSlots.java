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
    private final AtomicInteger reserved = new AtomicInteger();
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

    int reserved() {
        return reserved.get();
    }

    /** Slots for jobs on their way into the store, if they can run here at once. */
    @Nullable
    Reservation reserve(List<EncodedJob> jobs) {
        int wanted = jobs.size();
        if (offered - reserved.get() < wanted || !jobs.get(0).queue().equals(terms.queue())) {
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
        Slots slots = new Slots(request, length);
        int before = reserved.getAndAdd(wanted);
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
            claimer.happened(() -> {
                reserved.addAndGet(-request.limit());
                claimer.shelve(claimed, length);
            });
        }

        private void giveBack() {
            reserved.addAndGet(-request.limit());
            share.adjust(-length);
        }
    }
}
