package io.headrace.engine.claim;

import io.headrace.engine.lease.LeasedJob;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of payloads an engine holds, from when they come until their jobs are settled: in place of what its handlers
 * make of them, which nobody can measure. What does not fit stays in the store.
 *
 * <p>Each claimer has a share of no fixed size. One that holds next to nothing may always go on, so that long jobs of one
 * queue do not stop the short ones of another, and one job always fits, however long. Thread-safe.
 */
public final class PayloadBudget {

    /** Payloads up to here may come with a claim: each of its jobs counts as much until it is known better. */
    static final long SHORT = LeasedJob.SHORT_BYTES;

    /** What a claimer may always hold. */
    static final long ALWAYS = 256 << 10;

    public static final long LEAST = 1 << 20;

    private static final int PART_OF_HEAP = 8;
    private static final int READABLE_PART_OF_HEAP = 4;
    private static final long MOST_READABLE = 256 << 20;

    private final long most;
    private final long mostReadable;
    private final AtomicLong held = new AtomicLong();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    public PayloadBudget(long most) {
        this(most, Math.max(most, Math.min(MOST_READABLE, Runtime.getRuntime().maxMemory() / READABLE_PART_OF_HEAP)));
    }

    PayloadBudget(long most, long mostReadable) {
        this.most = most;
        this.mostReadable = mostReadable;
    }

    /** An eighth of the heap: what is made of JSON takes several times its length. */
    public static long ofHeap() {
        return Math.max(LEAST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** What no payload may exceed, even if it is alone. */
    long mostReadable() {
        return mostReadable;
    }

    long held() {
        return held.get();
    }

    /** @param freed run when there may be room again for one that had too little */
    Share share(Runnable freed) {
        return new Share(freed);
    }

    /** What one claimer holds. */
    final class Share {

        private final Runnable freed;
        private final AtomicLong mine = new AtomicLong();
        private volatile long usual = SHORT;

        private Share(Runnable freed) {
            this.freed = freed;
        }

        /** How many jobs may be claimed, if they are as long as they have been of late. */
        int fit(int jobs) {
            int fitting = fitting(jobs);
            if (fitting < jobs) {
                waiting.add(freed);
                // What was given back meanwhile woke nobody.
                fitting = fitting(jobs);
            }
            return fitting;
        }

        private int fitting(int jobs) {
            long room = Math.max(most - held.get(), ALWAYS - mine.get());
            long fewest = mine.get() == 0 ? 1 : 0;
            return (int) Math.min(jobs, Math.max(fewest, room / usual));
        }

        /** Jobs of this length, one with another, have been claimed. */
        void claimed(int jobs, long bytes) {
            if (jobs > 0) {
                usual = Math.max(SHORT, (3 * usual + bytes / jobs) / 4);
            }
        }

        /** Takes so much if there is room for it. If not, {@code freed} is run when that may have changed. */
        boolean tryHold(long bytes) {
            if (holds(bytes)) {
                return true;
            }
            waiting.add(freed);
            return holds(bytes);
        }

        private boolean holds(long bytes) {
            boolean always = mine.get() == 0 || mine.get() + bytes <= ALWAYS;
            if (held.addAndGet(bytes) > most && !always) {
                held.addAndGet(-bytes);
                return false;
            }
            mine.addAndGet(bytes);
            return true;
        }

        /** Takes more, or gives something back if it is negative. */
        void adjust(long bytes) {
            mine.addAndGet(bytes);
            held.addAndGet(bytes);
            if (bytes < 0) {
                wake();
            }
        }

        private void wake() {
            if (!waiting.isEmpty()) {
                // Whoever finds too little again is to wait for the next time.
                for (Runnable each : waiting.toArray(Runnable[]::new)) {
                    if (waiting.remove(each)) {
                        each.run();
                    }
                }
            }
        }
    }
}
