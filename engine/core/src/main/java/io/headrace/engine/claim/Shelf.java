package io.headrace.engine.claim;

import io.headrace.PayloadTooLongException;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Payload;
import io.headrace.spi.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leased jobs that wait for a handler. Those whose payloads were withheld have them read first, in their order and as far as
 * the budget goes; meanwhile others may pass them.
 *
 * <p>It belongs to its claimer's loop, save {@link #settled}, which any thread may call.
 */
final class Shelf {

    /** A payload is asked for as if it took no more, until it is known how long it is: what is held for it may be far off. */
    private static final long MOST_GUESSED = 4 << 20;

    private final PayloadBudget budget;
    private final PayloadBudget.Share share;
    private final PayloadReader reader;
    private final Map<String, ClaimRequest.Terms> kinds;
    private final Claimer claimer;

    private final Queue<LeasedJob> ready = new ArrayDeque<>();
    /** Those for which the others have waited. */
    private final Queue<LeasedJob> read = new ArrayDeque<>();

    private final ArrayDeque<LeasedJob> unread = new ArrayDeque<>();
    private int beingRead;
    private final AtomicLong settledBytes = new AtomicLong();

    /** Whose shelf it is. */
    interface Claimer {

        /** Does something in its loop. */
        void happened(Runnable event);

        /** Records how a job ends that no handler has seen. */
        void end(LeasedJob job, Verdict verdict);

        /** Payloads can be read. */
        void readable();

        /** Payloads cannot be read, since the store is away: these jobs need not wait for theirs. */
        void unreadable(List<LeasedJob> jobs, Throwable error);
    }

    Shelf(
            PayloadBudget budget,
            PayloadReader reader,
            Map<String, ClaimRequest.Terms> kinds,
            Claimer claimer,
            Runnable freed) {
        this.budget = budget;
        this.share = budget.share(freed);
        this.reader = reader;
        this.kinds = kinds;
        this.claimer = claimer;
    }

    PayloadBudget.Share share() {
        return share;
    }

    int size() {
        return ready.size() + read.size() + unread.size() + beingRead;
    }

    boolean isEmpty() {
        return ready.isEmpty() && read.isEmpty();
    }

    /** Whether a job waits for the budget: then nothing that comes after it may take what becomes free. */
    boolean isStarved() {
        return !unread.isEmpty();
    }

    /** Puts up what a claim brought, for which this much of the budget is held. */
    void put(List<LeasedJob> jobs, long heldBytes) {
        long bytes = 0;
        long taken = 0;
        for (LeasedJob job : jobs) {
            if (job.hasPayload()) {
                taken += job.bytes();
                job.holds(job.bytes());
                ready.add(job);
            } else {
                job.hasBytes(Math.min(job.bytes(), MOST_GUESSED));
                unread.add(job);
            }
            bytes += job.bytes();
        }
        share.claimed(jobs.size(), bytes);
        share.adjust(taken - heldBytes);
    }

    /** The next one for a handler. */
    LeasedJob next() {
        return read.isEmpty() ? ready.remove() : read.remove();
    }

    /** A job that was here, or its attempt, has been settled: what it held is given back with the next {@code advance}. */
    void settled(LeasedJob job) {
        long bytes = job.heldBytes();
        if (bytes != 0) {
            settledBytes.addAndGet(bytes);
        }
    }

    /** Gives back what is not held any more, and has payloads read as far as there is room. */
    void advance() {
        if (settledBytes.get() != 0) {
            share.adjust(-settledBytes.getAndSet(0));
        }
        readAhead();
    }

    private void readAhead() {
        for (LeasedJob next = unread.peek(); next != null; next = unread.peek()) {
            long most = next.bytes();
            if (!share.tryHold(most)) {
                return;
            }
            next.holds(most);
            unread.remove();
            beingRead++;
            reader.read(next.job().id(), most, new Reading(next));
        }
    }

    private final class Reading implements PayloadReader.Reader {

        private final LeasedJob job;

        Reading(LeasedJob job) {
            this.job = job;
        }

        @Override
        public void answered(@Nullable Payload payload) {
            claimer.happened(() -> {
                beingRead--;
                claimer.readable();
                take(job, payload);
            });
        }

        @Override
        public void failed(Throwable error) {
            claimer.happened(() -> {
                beingRead--;
                unread.addFirst(job);
                claimer.unreadable(take(unread, each -> true), error);
            });
        }
    }

    private void take(LeasedJob job, @Nullable Payload payload) {
        if (payload == null) {
            // Its row is gone, and so must its lease be.
            claimer.end(job, Verdict.Released.INSTANCE);
        } else if (payload.refused() != null) {
            claimer.end(job, refusal(job, payload.refused()));
        } else if (payload.bytes() > budget.mostReadable()) {
            claimer.end(
                    job,
                    new Verdict.Failed(ErrorText.of(
                            new PayloadTooLongException(job.job().kind(), payload.bytes(), budget.mostReadable()))));
        } else {
            share.adjust(-job.heldBytes());
            job.holds(0);
            job.hasBytes(payload.bytes());
            if (payload.json() == null) {
                unread.addFirst(job);
            } else {
                share.adjust(payload.bytes());
                job.holds(payload.bytes());
                job.give(payload);
                read.add(job);
            }
        }
    }

    /** What the store will refuse for ever fails the job; what may have been the store's own state counts as an attempt. */
    private Verdict refusal(LeasedJob job, StoreException why) {
        ClaimRequest.Terms terms = Objects.requireNonNull(kinds.get(job.job().kind()));
        return why.isPassing()
                ? Verdicts.of(why, job, RetryPolicy.defaults().maxAttempts(terms.maxAttempts()))
                : new Verdict.Failed(ErrorText.of(why));
    }

    /** Takes all of them off, those that are being read excepted. */
    List<LeasedJob> takeAll() {
        return take(job -> true);
    }

    /** Takes off those that came before a moment, those that are being read excepted. */
    List<LeasedJob> takeOlder(long claimedMillis) {
        return take(job -> job.claimedMillis() <= claimedMillis);
    }

    private List<LeasedJob> take(Predicate<LeasedJob> wanted) {
        List<LeasedJob> taken = new ArrayList<>();
        taken.addAll(take(ready, wanted));
        taken.addAll(take(read, wanted));
        taken.addAll(take(unread, wanted));
        return taken;
    }

    /** They came in their order. */
    private static List<LeasedJob> take(Queue<LeasedJob> from, Predicate<LeasedJob> wanted) {
        List<LeasedJob> taken = new ArrayList<>();
        for (LeasedJob job = from.peek(); job != null && wanted.test(job); job = from.peek()) {
            taken.add(from.remove());
        }
        return taken;
    }
}
